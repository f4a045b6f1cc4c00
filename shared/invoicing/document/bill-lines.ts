import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { findPlan, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, divideExactly, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import type { InvoicedLine } from '../issue/billed-invoice.ts';
import type { BillWords } from '../view/bill-words.ts';
import type { BillLine, BillShare } from './bill-document.ts';
import { partOfMonth } from './part-month.ts';
import { rateText, unitsOf } from './rate-text.ts';
import type { Sold } from './sold-prices.ts';
import { type ChargeUse, type DestinationUse, type UsageByCharge, useKey } from './usage-by-charge.ts';

/** What the lines of a bill are made with. */
export interface BillLineDependencies {
  readonly currency: string;
  readonly words: BillWords;
  readonly lines: readonly Pick<SubscriberLine, 'line' | 'msisdn' | 'plans' | 'billed' | 'addOns'>[];
  readonly catalogs: readonly PublishedCatalog[];
  /** Of the period that the invoice bills; `undefined` on invoices without usage. */
  readonly rated: RatedPeriod | undefined;
  /** Of the period's records; `undefined` with `rated`. */
  readonly uses: UsageByCharge | undefined;
}

/** The one line of the bill for one line of the invoice (contract section 5, rule 9). */
export function billLine(making: BillLineDependencies, line: InvoicedLine, sold: Sold | undefined): BillLine {
  switch (sold?.type) {
    case undefined:
      return otherLine(making, line);
    case 'fee':
      return feeLine(making, line, sold);
    case 'unit':
      return unitLine(making, line, sold);
    case 'amount':
      return amountLine(making, line, sold);
    default:
      return sold satisfies never;
  }
}

function common(making: BillLineDependencies, line: InvoicedLine) {
  const period = { start: printInstant(line.period.start), end: printInstant(line.period.end) };
  return { amount: majorOf(line.amount, making.currency), period };
}

function printExact(amount: Decimal, { currency }: BillLineDependencies): string {
  return printDecimal(amount, minorDigits(currency));
}

/** Not from the catalog: shown as the provider words it, and never a reason to hold a bill. */
function otherLine(making: BillLineDependencies, line: InvoicedLine): BillLine {
  const { texts } = making.words;
  return {
    label: line.description || (line.amount < 0n ? texts.credit : texts.otherCharge),
    charge: null,
    billable: null,
    quantity: printDecimal(decimal(line.quantity)),
    unit: '1',
    unitPrice: null,
    ...common(making, line),
    shares: [],
  };
}

function feeLine(making: BillLineDependencies, line: InvoicedLine, sold: Extract<Sold, { type: 'fee' }>): BillLine {
  const { texts, formats, name } = making.words;
  const plan = name(sold.plan);
  const unitPrice = printExact(sold.unitPrice, making);
  const label = !line.isProration
    ? plan
    : (line.amount < 0n ? texts.creditFor : texts.partOf)(plan, formats.span(line.period));
  const text = `${texts.linesAt(Number(line.quantity), formats.money(unitPrice))}, ${formats.span(line.period)}`;
  const part = partOfMonth(line.period, making.words);
  const shown = {
    quantity: [...(line.quantity === '1' ? [] : [`${formats.number(line.quantity)} ×`]), part].join(' '),
    price: formats.exactMoney(unitPrice),
  };
  return {
    label,
    charge: null,
    billable: sold.key,
    quantity: printDecimal(decimal(line.quantity)),
    unit: texts.month,
    unitPrice,
    ...common(making, line),
    ...(!line.isProration && { text }),
    ...(part !== undefined && { part: { of: plan, share: part }, shown }),
    shares: feeShares(making, line, sold.plan.id),
  };
}

/** Equal parts, the last with what does not divide; none where it is not certain whose fees they are. */
function feeShares(making: BillLineDependencies, line: InvoicedLine, plan: string): BillShare[] {
  const { start } = line.period;
  const holders = making.lines.filter(
    ({ plans, addOns, billed }) =>
      billed &&
      [...plans, ...addOns.map(({ addOn, ...tenure }) => ({ plan: addOn, ...tenure }))].some(
        on => on.plan === plan && on.from <= start && (on.until === undefined || on.until > start),
      ),
  );
  const count = BigInt(holders.length);
  if (holders.length === 0 || printDecimal(decimal(line.quantity)) !== String(count)) return [];
  const each = line.amount / count;
  return holders.map((holder, index) => ({
    line: holder.line,
    number: holder.msisdn,
    amount: majorOf(index === holders.length - 1 ? line.amount - each * (count - 1n) : each, making.currency),
  }));
}

/** Steps of one price: `3 × 1 GB`. */
function unitLine(making: BillLineDependencies, line: InvoicedLine, sold: Extract<Sold, { type: 'unit' }>): BillLine {
  const { texts, formats, name } = making.words;
  const { charge } = sold;
  const step = charge.pricing.type === 'price' ? charge.pricing.step : 1;
  const quantity = printDecimal(decimal(line.quantity));
  const isCount = charge.unit === '1' && step === 1;
  const unit = isCount ? texts.recordUnit(charge.kind, Number(quantity)) : formats.units(step, charge.unit);
  const extra = (steps: bigint) =>
    isCount ? formats.number(String(steps)) : `${formats.number(String(steps))} × ${unit}`;
  // Subscribers do not count in kilobytes: what is sold by the megabyte is shown in megabytes.
  const { pricing } = charge;
  const isFine = pricing.type === 'price' && pricing.per > step && !isCount;
  const per = pricing.type === 'price' ? pricing.per : 1;
  const inAll = (steps: bigint) => inUnitsOf(per, Number(steps) * step, charge.unit, formats);
  const charged = isFine ? inAll : extra;
  const price =
    pricing.type === 'price'
      ? mustHave(pricing.price[making.currency], `Charge ${charge.id} has no price in ${making.currency}.`)
      : '0';
  const perUnit = pricing.type === 'price' ? formats.units(pricing.per, charge.unit) : '';
  const shown = {
    quantity: isCount ? `${formats.number(quantity)} ${unit}` : charged(BigInt(quantity)),
    price: isFine
      ? `${formats.exactMoney(price)} / ${perUnit}`
      : formats.exactMoney(printExact(sold.unitPrice, making)),
  };
  const shares = sharesOf(making, line, sold.key).map(({ line: id, number, chargeIds, amount, steps }): BillShare => {
    const uses = chargeIds.flatMap(chargeId => making.uses?.of(useKey(id, chargeId)) ?? []);
    const billed = uses.reduce((sum, use) => sum + use.billed, 0);
    const covered = uses.reduce((sum, use) => sum + use.covered, 0);
    const print = (units: number) =>
      isFine ? inUnitsOf(per, units, charge.unit, formats) : formats.units(units, charge.unit);
    const used = print(billed);
    const inPlan = print(covered);
    const places = abroadText(uses, charge.unit, making.words);
    const beyond = isCount ? texts.records(charge.kind, billed) : texts.usedBeyond(used, charged(steps));
    const text = covered > 0 ? texts.usedAndIncluded(used, inPlan, charged(steps)) : beyond;
    // What is used and what is charged are often the same: the quantity beside it says so already.
    const saysMore = covered > 0 || (!isCount && used !== charged(steps)) || line.quantity !== String(steps);
    const said = [...(saysMore ? [text] : []), ...places].join('. ');
    return { line: id, number, amount: printExact(amount, making), ...(said !== '' && { text: said }) };
  });
  return {
    label: name(charge),
    charge: charge.id,
    billable: sold.key,
    quantity,
    unit,
    unitPrice: printExact(sold.unitPrice, making),
    ...common(making, line),
    shown,
    shares,
  };
}

/** `37,200.6 MB` for a price per MB: with every decimal, so that quantity times price can be checked. */
function inUnitsOf(per: number, count: number, unit: 's' | 'B' | '1', formats: BillWords['formats']): string {
  const one = formats.units(per, unit);
  const quantity = divideExactly(decimal(String(count)), BigInt(per));
  if (quantity === undefined || !/^1\s/.test(one)) return formats.units(count, unit);
  return `${formats.number(printDecimal(quantity))}${one.slice(1)}`;
}

/** In which countries it was used, the most first. */
function abroadText(uses: readonly ChargeUse[], unit: 's' | 'B' | '1', { texts, formats }: BillWords): string[] {
  const places = new Map<string, number>();
  for (const [country, units] of uses.flatMap(({ abroad }) => [...abroad])) {
    places.set(country, (places.get(country) ?? 0) + units);
  }
  if (places.size === 0) return [];
  const sorted = [...places].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return [
    sorted
      .map(([country, units]) => `${texts.usedIn(formats.country(country))}: ${formats.units(units, unit)}`)
      .join(', '),
  ];
}

/** Each record with a price of its own: shown by destination. */
function amountLine(
  making: BillLineDependencies,
  line: InvoicedLine,
  sold: Extract<Sold, { type: 'amount' }>,
): BillLine {
  const { texts, formats } = making.words;
  const shares = sharesOf(making, line, sold.key);
  const charges = new Set(shares.flatMap(share => share.chargeIds.map(id => useKey(share.line, id))));
  const parts = making.uses?.byDestination(charges) ?? [];
  const records = parts.reduce((sum, part) => sum + part.records, 0);
  const kind = new Set(parts.map(part => part.kind)).size === 1 ? (parts[0]?.kind ?? '') : '';
  const names = [...new Set(shares.flatMap(share => share.names))];
  return {
    label: names.length === 1 && names[0] !== undefined ? names[0] : texts.sections[sold.section],
    charge: null,
    billable: sold.key,
    quantity: String(records),
    unit: texts.recordUnit(kind, records),
    unitPrice: null,
    ...common(making, line),
    shown: { quantity: texts.records(kind, records), price: '' },
    ...(parts.length > 0 && {
      parts: parts.map(part => ({
        label: partLabel(part, making.words),
        text: [
          texts.records(part.kind, part.records),
          ...pricedUnits(part.kind, part.priced, formats),
          ...(part.card === null ? [] : [rateText(part.card, part.kind, making.words)]),
        ].join(', '),
        amount: printExact(part.amount, making),
      })),
    }),
    shares: shares.map(({ line: id, number, amount }) => ({ line: id, number, amount: printExact(amount, making) })),
  };
}

function pricedUnits(kind: string, priced: number, formats: BillWords['formats']): string[] {
  return kind === 'voice' || kind === 'data' ? [unitsOf(priced, kind, formats)] : [];
}

/** Whom was called, and from where abroad. */
function partLabel({ destination, country }: DestinationUse, { texts, formats }: BillWords): string {
  const called = destination ?? texts.elsewhere;
  return country === undefined ? called : `${called}, ${texts.usedIn(formats.country(country))}`;
}

interface RatedShare {
  readonly line: string;
  readonly number: string;
  readonly chargeIds: readonly string[];
  /** Of the charges, in the subscriber's language. */
  readonly names: readonly string[];
  readonly steps: bigint;
  readonly amount: Decimal;
}

/** What rating counted towards a billable, by subscriber line; only where the invoice's line is about that period. */
function sharesOf(
  { rated, lines, catalogs, words }: BillLineDependencies,
  line: InvoicedLine,
  key: string,
): RatedShare[] {
  if (rated === undefined || line.period.end > rated.period.end || line.period.start < rated.period.start) return [];
  const numbers = new Map(lines.map(({ line: id, msisdn }) => [id, msisdn]));
  const shares = new Map<string, RatedShare>();
  for (const part of rated.lines) {
    for (const charge of part.charges) {
      if (charge.key !== key) continue;
      const known = shares.get(part.line);
      shares.set(part.line, {
        line: part.line,
        number: numbers.get(part.line) ?? part.line,
        chargeIds: [...new Set([...(known?.chargeIds ?? []), charge.id])],
        names: [...(known?.names ?? []), chargeName(catalogs, part.plan, charge.id, words)],
        steps: (known?.steps ?? 0n) + (charge.quantity ?? 0n),
        amount: add(known?.amount ?? ZERO, charge.amount),
      });
    }
  }
  return [...shares.values()];
}

/** In the newest version that has it. */
function chargeName(
  catalogs: readonly PublishedCatalog[],
  plan: string,
  id: string,
  { texts, name }: BillWords,
): string {
  const plans = catalogs.toReversed().flatMap(version => findPlan(version, plan) ?? []);
  const charge = plans.flatMap(({ charges }) => charges.filter(each => each.id === id))[0];
  return charge === undefined ? texts.otherCharge : name(charge);
}

import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { type Charge, findPlan, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, decimal, divideExactly, printDecimal, times } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { RatedPeriod, RatedRecord } from '#shared/rating/rated-period.ts';
import type { BillRecord } from './bill-document.ts';

/**
 * The records that a subscriber finds on the bill, by line, kind and time. Left out: voided and quarantined ones, which
 * cost nothing here, and those that cannot be charged for (unanswered, incoming).
 */
export function billRecords(
  rated: RatedPeriod,
  lines: readonly Pick<SubscriberLine, 'line' | 'msisdn'>[],
  catalogs: readonly PublishedCatalog[],
  options: { readonly maskPeers: boolean },
): BillRecord[] {
  const numbers = new Map(lines.map(({ line, msisdn }) => [line, msisdn]));
  const place = new Map(lines.map(({ line }, index) => [line, index]));
  const charges = new ChargeBook(rated, catalogs);
  return rated.records
    .filter(isShown)
    .map(rating => {
      const { record, line, billed, covered, charge } = rating;
      const { facts } = record;
      const amount = charges.amountOf(rating);
      return {
        line,
        number: numbers.get(line) ?? line,
        kind: facts.kind,
        startedAt: printInstant(facts.startedAt),
        peer: facts.peer === undefined ? null : options.maskPeers ? masked(facts.peer) : facts.peer,
        destination: rating.destination,
        unit: UNITS.get(facts.kind) ?? '1',
        used: facts.units,
        billed,
        included: covered,
        amount: amount === null ? null : printDecimal(amount, minorDigits(rated.currency)),
        charge,
      } as const;
    })
    .sort(
      (a, b) =>
        (place.get(a.line) ?? 0) - (place.get(b.line) ?? 0) ||
        compareText(a.kind, b.kind) ||
        compareText(a.startedAt, b.startedAt),
    );
}

const UNITS = new Map<string, 's' | 'B'>([
  ['voice', 's'],
  ['data', 'B'],
]);

function isShown({ state, reason }: RatedRecord): boolean {
  return state === 'open' || state === 'covered' || (state === 'free' && reason === 'zero-price');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Enough to recognise a call, too little to call back. */
function masked(peer: string): string {
  return peer.length <= 6 ? peer : `${peer.slice(0, -4)}****`;
}

/** What one record costs, where that can be said of it alone. */
class ChargeBook {
  readonly #rated: RatedPeriod;
  readonly #catalogs: readonly PublishedCatalog[];
  readonly #kept = new Map<string, Charge | null>();

  constructor(rated: RatedPeriod, catalogs: readonly PublishedCatalog[]) {
    this.#rated = rated;
    this.#catalogs = catalogs;
  }

  amountOf({ line, record, state, charge, priced, amount }: RatedRecord): Decimal | null {
    const { currency } = this.#rated;
    if (state !== 'open') return null;
    if (amount !== null) return fromMicros(amount, currency);
    if (charge === null || priced === 0) return null;
    const pricing = this.#charge(line, record.facts.startedAt, charge)?.pricing;
    const price = pricing?.type === 'price' ? pricing.price[currency] : undefined;
    // Steps of several records are rounded up together: then a record alone has no price.
    if (pricing?.type !== 'price' || price === undefined || pricing.step !== 1) return null;
    return divideExactly(times(decimal(price), BigInt(priced)), BigInt(pricing.per)) ?? null;
  }

  #charge(line: string, at: number, id: string): Charge | null {
    const part = this.#rated.lines.find(each => each.line === line && each.from <= at && at < each.until);
    if (part === undefined) return null;
    const place = `${part.plan}\0${part.from}\0${id}`;
    const known = this.#kept.get(place);
    if (known !== undefined) return known;
    const inForce = this.#catalogs.filter(({ effectiveFrom }) => effectiveFrom <= part.from).reverse();
    const plans = [...inForce, ...this.#catalogs].flatMap(version => findPlan(version, part.plan) ?? []);
    const found = plans[0]?.charges.find(charge => charge.id === id) ?? null;
    this.#kept.set(place, found);
    return found;
  }
}

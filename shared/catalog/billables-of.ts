import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, decimal, divideExactly, isZero, printDecimal, shift, times } from '#shared/money/decimal.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { AmountBillable, Billable, FeeBillable, Section, UnitBillable } from './billable.ts';
import { type CatalogVersion, type Charge, currenciesOf, offersOf, type Plan } from './catalog-version.ts';

/**
 * What an account with this plan can be billed for in one currency: the fee, a `unit` billable per `price` charge (of
 * which Stripe never hears when it is zero), an `amount` billable per section of its `table` charges. Raises RangeError when the plan is not sold in the currency.
 */
export function billablesOf(plan: Plan, currency: string): Billable[] {
  const fee = plan.fee[currency];
  if (fee === undefined) throw new RangeError(`Plan ${plan.id} is not sold in ${currency}`);
  const units = plan.charges.flatMap(charge => unitBillable(plan, charge, currency) ?? []).filter(hasPrice);
  const sections = new Set(plan.charges.filter(isTableCharge).map(charge => charge.section));
  return [feeBillable(plan, decimal(fee), currency), ...units, ...[...sections].map(s => amountBillable(s, currency))];
}

/** Every billable of a catalog version once, in all its currencies: what publishing makes products, meters and prices for. */
export function allBillables(catalog: CatalogVersion): Billable[] {
  const byKey = new Map<string, Billable>();
  for (const plan of offersOf(catalog)) {
    for (const currency of currenciesOf(plan)) {
      for (const billable of billablesOf(plan, currency)) byKey.set(billable.key, billable);
    }
  }
  return [...byKey.values()];
}

/** The billable towards which a charge counts. Raises RangeError when it has no price in the currency. */
export function billableOfCharge(plan: Plan, charge: Charge, currency: string): UnitBillable | AmountBillable {
  return unitBillable(plan, charge, currency) ?? amountBillable(charge.section, currency);
}

/** Price of one step in minor units: price × step / per × 10^minor digits; `undefined` where that is not a finite decimal. */
export function stepPriceMinor(price: Decimal, step: number, per: number, currency: string): Decimal | undefined {
  return divideExactly(shift(times(price, BigInt(step)), minorDigits(currency)), BigInt(per));
}

function feeBillable(plan: Plan, fee: Decimal, currency: string): FeeBillable {
  const unitAmountMinor = printDecimal(shift(fee, minorDigits(currency)));
  return {
    type: 'fee',
    plan: plan.id,
    key: keyOf(plan.id, 'fee', currency, hash8(['fee', unitAmountMinor])),
    currency,
    unitAmountMinor,
    label: plan.name.en ?? plan.id,
  };
}

function unitBillable(plan: Plan, charge: Charge, currency: string): UnitBillable | undefined {
  const { pricing } = charge;
  if (pricing.type !== 'price') return undefined;
  const price = pricing.price[currency];
  const stepPrice =
    price === undefined ? undefined : stepPriceMinor(decimal(price), pricing.step, pricing.per, currency);
  if (stepPrice === undefined) throw new RangeError(`${plan.id}/${charge.id} has no price in ${currency}`);
  const unitAmountMinor = printDecimal(stepPrice);
  const key = keyOf(plan.id, charge.id, currency, hash8(['unit', unitAmountMinor, String(pricing.step), charge.unit]));
  return {
    type: 'unit',
    plan: plan.id,
    charge: charge.id,
    section: charge.section,
    key,
    eventName: eventNameOf(key),
    currency,
    unitAmountMinor,
    label: `${plan.name.en ?? plan.id}: ${charge.name.en ?? charge.id}`,
  };
}

const AMOUNT_LABELS: Record<Section, string> = {
  plans: 'Plans',
  calls: 'Calls and messages',
  data: 'Data',
  roaming: 'Roaming',
  devices: 'Devices',
  'one-off': 'One-off charges',
  credits: 'Credits',
  tax: 'Tax',
};

/** Never versioned: the price is 1/10 000 minor unit for ever, and the meter has no currency because a customer has one. */
function amountBillable(section: Section, currency: string): AmountBillable {
  return {
    type: 'amount',
    section,
    key: keyOf('deployment', `amount-${section}`, currency, '1'),
    eventName: `dunlin_deployment_amount-${section}_1`,
    currency,
    unitAmountMinor: '0.0001',
    label: AMOUNT_LABELS[section],
  };
}

function hasPrice({ unitAmountMinor }: UnitBillable): boolean {
  return !isZero(decimal(unitAmountMinor));
}

function isTableCharge(charge: Charge): boolean {
  return charge.pricing.type === 'table';
}

function keyOf(owner: string, charge: string, currency: string, version: string): string {
  return `dunlin:${owner}:${charge}:${currency}:${version}`;
}

/** Stripe allows 100 characters; `catalog check` holds plan and charge ids to it. */
function eventNameOf(key: string): string {
  return key.replaceAll(':', '_').toLowerCase();
}

function hash8(terms: readonly string[]): string {
  return sha256(JSON.stringify(terms)).slice(0, 8);
}

/** What the meter of a billable has counted, in minor units, exact. */
export function amountMinor({ unitAmountMinor }: Pick<Billable, 'unitAmountMinor'>, counted: bigint): Decimal {
  return times(decimal(unitAmountMinor), counted);
}

/** What usage counts towards, in any of the versions. A key means the same in every version. */
export function billablesByKey(
  versions: readonly CatalogVersion[],
): ReadonlyMap<string, UnitBillable | AmountBillable> {
  const metered = versions.flatMap(allBillables).filter(billable => billable.type !== 'fee');
  return new Map(metered.map(billable => [billable.key, billable]));
}

import type { BillableKey } from '#shared/catalog/billable.ts';
import { billableOfCharge } from '#shared/catalog/billables-of.ts';
import type { Allowance, Charge, Condition, Plan } from '#shared/catalog/catalog-version.ts';
import { decimal, isZero } from '#shared/money/decimal.ts';
import { toMicros } from '#shared/money/micros.ts';
import { mustHave } from '#shared/platform/must-have.ts';

/** A plan in one currency; charges and allowances by kind and direction, in the plan's order. */
export interface PreparedPlan {
  readonly plan: Plan;
  readonly charges: readonly PreparedCharge[];
  readonly kinds: ReadonlyMap<string, { readonly out: KindTerms; readonly in: KindTerms }>;
}

export interface KindTerms {
  readonly charges: readonly PreparedCharge[];
  readonly allowances: readonly PreparedAllowance[];
  readonly readsZone: boolean;
  readonly readsDestination: boolean;
  readonly readsBand: boolean;
}

/** Per dimension: 1 at each number that matches; `undefined` matches everything. */
export interface Mask {
  readonly zones: Uint8Array | undefined;
  readonly destinations: Uint8Array | undefined;
  readonly bands: Uint8Array | undefined;
  /** One of them has to match. */
  readonly pairs: readonly Pick<Mask, 'zones' | 'destinations'>[] | undefined;
}

export interface PreparedCharge {
  /** Its place among the plan's charges. */
  readonly index: number;
  readonly charge: Charge;
  readonly mask: Mask;
  /** Name of its table, or `undefined` for a `price` charge. */
  readonly table: string | undefined;
  /** What it counts towards. */
  readonly key: BillableKey;
  /** A `price` charge of zero: nothing is drawn for it and nothing counted. */
  readonly isFree: boolean;
  /** Micros per record. */
  readonly minimum: number;
  readonly maximum: number;
}

export interface PreparedAllowance {
  /** Its place among the plan's allowances. */
  readonly index: number;
  readonly allowance: Allowance;
  readonly mask: Mask;
  /** The zones of each of its limits. */
  readonly limits: readonly Uint8Array[];
}

/** Names of zones, destinations and bands in the order of their numbers. */
export interface Numbering {
  readonly zoneNames: readonly string[];
  readonly destinationNames: readonly string[];
  readonly bandNames: readonly string[];
}

export function preparePlan(plan: Plan, currency: string, numbering: Numbering): PreparedPlan {
  const charges = plan.charges.map((charge, index) => prepareCharge(plan, charge, index, currency, numbering));
  const allowances = plan.allowances.map((allowance, index) => ({
    index,
    allowance,
    mask: maskOf(allowance.match, numbering),
    limits: (allowance.limits ?? []).map(({ from }) => placesOf(from, numbering.zoneNames)),
  }));
  const kinds = new Set([...plan.charges, ...plan.allowances].map(entry => entry.kind));
  const terms = (kind: string, direction: 'out' | 'in') =>
    termsOf(
      charges.filter(({ charge }) => charge.kind === kind && charge.match.direction === direction),
      allowances.filter(({ allowance }) => allowance.kind === kind && allowance.match.direction === direction),
    );
  return {
    plan,
    charges,
    kinds: new Map([...kinds].map(kind => [kind, { out: terms(kind, 'out'), in: terms(kind, 'in') }])),
  };
}

function prepareCharge(
  plan: Plan,
  charge: Charge,
  index: number,
  currency: string,
  numbering: Numbering,
): PreparedCharge {
  const { pricing } = charge;
  const ofTable = pricing.type === 'table';
  return {
    index,
    charge,
    mask: maskOf(charge.match, numbering),
    table: ofTable ? pricing.table : undefined,
    key: billableOfCharge(plan, charge, currency).key,
    isFree: ofTable
      ? false
      : isZero(decimal(mustHave(pricing.price[currency], `${plan.id}/${charge.id} has no price in ${currency}.`))),
    // A currency without a bound has none.
    minimum: boundOf(ofTable ? pricing.minimum?.[currency] : undefined, currency) ?? 0,
    maximum: boundOf(ofTable ? pricing.maximum?.[currency] : undefined, currency) ?? Number.POSITIVE_INFINITY,
  };
}

function boundOf(major: string | undefined, currency: string): number | undefined {
  return major === undefined ? undefined : microsPerRecord(major, currency);
}

/** Whole, because `catalog check` allows four decimals of the minor unit here. */
function microsPerRecord(major: string, currency: string): number {
  const { digits, scale } = toMicros(decimal(major), currency);
  return Number(digits / 10n ** BigInt(scale));
}

function termsOf(charges: readonly PreparedCharge[], allowances: readonly PreparedAllowance[]): KindTerms {
  const masks = [...charges, ...allowances].map(entry => entry.mask);
  return {
    charges,
    allowances,
    readsZone:
      masks.some(mask => [mask, ...(mask.pairs ?? [])].some(({ zones }) => zones !== undefined)) ||
      allowances.some(({ limits }) => limits.length > 0),
    readsDestination: masks.some(mask =>
      [mask, ...(mask.pairs ?? [])].some(({ destinations }) => destinations !== undefined),
    ),
    readsBand: masks.some(mask => mask.bands !== undefined),
  };
}

function maskOf(match: Condition, numbering: Numbering): Mask {
  return {
    zones: places(match.from, numbering.zoneNames),
    destinations: places(match.to, numbering.destinationNames),
    bands: places(match.bands, numbering.bandNames),
    pairs: match.pairs?.map(({ from, to }) => ({
      zones: places(from, numbering.zoneNames),
      destinations: places(to, numbering.destinationNames),
    })),
  };
}

function places(names: readonly string[] | null, known: readonly string[]): Uint8Array | undefined {
  return names === null ? undefined : placesOf(names, known);
}

function placesOf(names: readonly string[], known: readonly string[]): Uint8Array {
  // One place more than there are names: the number that stands for "outside every zone" matches nothing.
  return Uint8Array.from({ length: known.length + 1 }, (_, index) => (names.includes(known[index] ?? '') ? 1 : 0));
}

export function matches(mask: Mask, zone: number, destination: number, band: number): boolean {
  return (
    fits(mask, zone, destination) &&
    (mask.bands === undefined || mask.bands[band] === 1) &&
    (mask.pairs === undefined || mask.pairs.some(pair => fits(pair, zone, destination)))
  );
}

function fits(mask: Pick<Mask, 'zones' | 'destinations'>, zone: number, destination: number): boolean {
  return (
    (mask.zones === undefined || mask.zones[zone] === 1) &&
    (mask.destinations === undefined || mask.destinations[destination] === 1)
  );
}

import { add, type Decimal, ZERO } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';

/** What the records of one line came to under one charge of its plan. Units are base units. */
export interface ChargeUse {
  readonly line: string;
  readonly charge: string;
  readonly billed: number;
  readonly covered: number;
}

/** What was priced record by record to one destination. */
export interface DestinationUse {
  readonly destination: string | null;
  readonly kind: string;
  readonly records: number;
  readonly priced: number;
  readonly amount: Decimal;
}

/** Sums of the single records, by line and charge. */
export function usesByCharge(rated: RatedPeriod): ReadonlyMap<string, ChargeUse> {
  const uses = new Map<string, ChargeUse>();
  for (const { line, charge, billed, covered, state } of rated.records) {
    if (charge === null || (state !== 'open' && state !== 'covered')) continue;
    const key = useKey(line, charge);
    const use = uses.get(key);
    uses.set(key, {
      line,
      charge,
      billed: (use?.billed ?? 0) + billed,
      covered: (use?.covered ?? 0) + covered,
    });
  }
  return uses;
}

export function useKey(line: string, charge: string): string {
  return `${line}\0${charge}`;
}

/** Sums of the records with amounts of their own, most expensive destination first. `charges`: see `useKey`. */
export function usesByDestination(rated: RatedPeriod, charges: ReadonlySet<string>): DestinationUse[] {
  const uses = new Map<string, DestinationUse>();
  for (const { record, line, charge, destination, priced, amount } of rated.records) {
    if (charge === null || amount === null || amount === 0n || !charges.has(useKey(line, charge))) continue;
    const { kind } = record.facts;
    const key = `${kind}\0${destination ?? ''}`;
    const use = uses.get(key);
    uses.set(key, {
      destination,
      kind,
      records: (use?.records ?? 0) + 1,
      priced: (use?.priced ?? 0) + priced,
      amount: add(use?.amount ?? ZERO, fromMicros(amount, rated.currency)),
    });
  }
  return [...uses.entries()]
    .sort(([a, { amount: one }], [b, { amount: other }]) => {
      if (one.digits !== other.digits) return one.digits > other.digits ? -1 : 1;
      return a < b ? -1 : 1;
    })
    .map(([, use]) => use);
}

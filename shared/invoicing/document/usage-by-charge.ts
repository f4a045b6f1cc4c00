import type { RateCard } from '#shared/catalog/catalog-version.ts';
import { add, type Decimal, ZERO } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import { stayAbroad } from './stay-abroad.ts';

/** What the records of one line came to under one charge of its plan. Units are base units. */
export interface ChargeUse {
  readonly line: string;
  readonly charge: string;
  readonly billed: number;
  readonly covered: number;
  /** Of the billed units, those that were used abroad, by country. */
  readonly abroad: Map<string, number>;
}

/** What was priced record by record by one rate to one destination, from one country. */
export interface DestinationUse {
  readonly destination: string | null;
  /** Where the subscriber was, abroad. */
  readonly country: string | undefined;
  readonly card: RateCard | null;
  readonly kind: string;
  readonly records: number;
  readonly priced: number;
  readonly amount: Decimal;
}

/** Sums of the single records, by line and charge. */
export function usesByCharge(rated: RatedPeriod): ReadonlyMap<string, ChargeUse> {
  const uses = new Map<string, ChargeUse>();
  for (const rating of rated.records) {
    const { line, charge, billed, covered, state } = rating;
    if (charge === null || (state !== 'open' && state !== 'covered')) continue;
    const key = useKey(line, charge);
    const use = uses.get(key);
    const country = stayAbroad(rating);
    const abroad = use?.abroad ?? new Map<string, number>();
    if (country !== undefined) abroad.set(country, (abroad.get(country) ?? 0) + billed);
    uses.set(key, {
      line,
      charge,
      billed: (use?.billed ?? 0) + billed,
      covered: (use?.covered ?? 0) + covered,
      abroad,
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
  const rates = new Map<RateCard | null, string>();
  for (const rating of rated.records) {
    const { record, line, charge, destination, priced, amount, card } = rating;
    if (charge === null || amount === null || amount === 0n || !charges.has(useKey(line, charge))) continue;
    const { kind } = record.facts;
    const country = stayAbroad(rating);
    const rate = rates.get(card) ?? JSON.stringify([card?.setup, card?.steps]);
    rates.set(card, rate);
    const key = [kind, destination ?? '', country ?? '', rate].join('\0');
    const use = uses.get(key);
    uses.set(key, {
      destination,
      country,
      card,
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

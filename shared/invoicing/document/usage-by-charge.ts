import type { RateCard } from '#shared/catalog/catalog-version.ts';
import type { Decimal } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { stayAbroad } from './stay-abroad.ts';

/** What the records of one line came to under one charge of its plan. Units are base units. */
export interface ChargeUse {
  readonly line: string;
  readonly charge: string;
  readonly billed: number;
  readonly covered: number;
  /** Of the billed units, those that were used abroad, by country. */
  readonly abroad: ReadonlyMap<string, number>;
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

/** Sums of the single records of a period, by line and charge: takes them one by one, itemised, in any order. */
export class UsageByCharge {
  readonly #currency: string;
  readonly #uses = new Map<string, UseSum>();
  /** By line and charge, then by kind, destination, country and rate. Amounts are sums in micros. */
  readonly #destinations = new Map<string, Map<string, DestinationSum>>();
  readonly #rates = new Map<RateCard | null, string>();

  constructor(currency: string) {
    this.#currency = currency;
  }

  take(rating: RatedRecord): void {
    const { line, charge, state, amount } = rating;
    if (charge === null) return;
    const key = useKey(line, charge);
    const country = stayAbroad(rating);
    if (state === 'open' || state === 'covered') this.#addUse(key, charge, rating, country);
    if (amount !== null && amount !== 0n) this.#addDestination(key, rating, amount, country);
  }

  /** @param key see `useKey` */
  of(key: string): ChargeUse | undefined {
    return this.#uses.get(key);
  }

  /** Sums of the records with amounts of their own, most expensive destination first. `charges`: see `useKey`. */
  byDestination(charges: ReadonlySet<string>): DestinationUse[] {
    const together = new Map<string, DestinationSum>();
    for (const key of charges) {
      for (const [place, sum] of this.#destinations.get(key) ?? []) {
        const known = together.get(place) ?? { ...sum, records: 0, priced: 0, micros: 0n };
        known.records += sum.records;
        known.priced += sum.priced;
        known.micros += sum.micros;
        together.set(place, known);
      }
    }
    return [...together]
      .sort(([a, one], [b, other]) => {
        if (one.micros !== other.micros) return one.micros > other.micros ? -1 : 1;
        return a < b ? -1 : 1;
      })
      .map(([, { micros, ...use }]) => ({ ...use, amount: fromMicros(micros, this.#currency) }));
  }

  #addUse(key: string, charge: string, rating: RatedRecord, country: string | undefined): void {
    const { line, billed, covered } = rating;
    const use = this.#uses.get(key) ?? { line, charge, billed: 0, covered: 0, abroad: new Map<string, number>() };
    use.billed += billed;
    use.covered += covered;
    if (country !== undefined) use.abroad.set(country, (use.abroad.get(country) ?? 0) + billed);
    this.#uses.set(key, use);
  }

  #addDestination(key: string, rating: RatedRecord, amount: bigint, country: string | undefined): void {
    const { record, destination, priced, card } = rating;
    const { kind } = record.facts;
    const rate = this.#rates.get(card) ?? JSON.stringify([card?.setup, card?.steps]);
    this.#rates.set(card, rate);
    const sums = this.#destinations.get(key) ?? new Map<string, DestinationSum>();
    this.#destinations.set(key, sums);
    const place = [kind, destination ?? '', country ?? '', rate].join('\0');
    const sum = sums.get(place) ?? { destination, country, card, kind, records: 0, priced: 0, micros: 0n };
    sum.records += 1;
    sum.priced += priced;
    sum.micros += amount;
    sums.set(place, sum);
  }
}

interface UseSum extends ChargeUse {
  billed: number;
  covered: number;
  readonly abroad: Map<string, number>;
}

interface DestinationSum extends Omit<DestinationUse, 'amount'> {
  records: number;
  priced: number;
  micros: bigint;
}

export function useKey(line: string, charge: string): string {
  return `${line}\0${charge}`;
}

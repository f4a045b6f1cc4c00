import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { add, type Decimal, ZERO } from '#shared/money/decimal.ts';
import type { Period } from '#shared/platform/instant.ts';
import { CatalogHistory } from '#shared/rating/catalog-history.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedPeriod, RatedRecord } from '#shared/rating/rated-period.ts';

/** What a line used of one kind in a month, and what that cost. Units are base units (s, B, 1). */
export interface KindOfMonth {
  readonly kind: string;
  readonly records: number;
  readonly units: number;
  readonly amount: Decimal;
  /** An allowance of the kind has nothing left. */
  readonly isUsedUp: boolean;
}

export interface LineOfMonth {
  readonly line: string;
  /** The last one that it was on in the month. */
  readonly plan: string;
  readonly fee: Decimal;
  readonly kinds: readonly KindOfMonth[];
}

export interface MonthOfUse {
  readonly period: Period;
  readonly lines: readonly LineOfMonth[];
  /** Fees and use. */
  readonly total: Decimal;
}

/** Counts what was used by line and kind: outgoing use and incoming use alike, without what is voided or quarantined. */
export class UseByKind implements RecordSink {
  readonly #counts = new Map<string, Map<string, { records: number; units: number }>>();

  take({ line, state, record: { facts } }: RatedRecord): void {
    if (state === 'voided' || state === 'quarantined') return;
    const kinds = this.#counts.get(line) ?? new Map<string, { records: number; units: number }>();
    this.#counts.set(line, kinds);
    const count = kinds.get(facts.kind) ?? { records: 0, units: 0 };
    kinds.set(facts.kind, count);
    count.records += 1;
    count.units += facts.units;
  }

  of(line: string): ReadonlyMap<string, { readonly records: number; readonly units: number }> {
    return this.#counts.get(line) ?? new Map();
  }
}

/** A month in figures. @param catalogs in ascending order of `effectiveFrom` */
export function monthOfUse(rated: RatedPeriod, used: UseByKind, catalogs: readonly CatalogVersion[]): MonthOfUse {
  const history = new CatalogHistory(catalogs, rated.currency);
  const lines = [...new Set(rated.lines.map(({ line }) => line))].map((line): LineOfMonth => {
    const parts = rated.lines.filter(part => part.line === line);
    const spent = new Map<string, Decimal>();
    const usedUp = new Set<string>();
    for (const part of parts) {
      const plan = history.planAt(part.plan, part.from)?.plan.plan;
      for (const { id, amount } of part.charges) {
        const kind = plan?.charges.find(charge => charge.id === id)?.kind;
        if (kind !== undefined) spent.set(kind, add(spent.get(kind) ?? ZERO, amount));
      }
      for (const { id, remaining } of part.allowances) {
        const kind = plan?.allowances.find(allowance => allowance.id === id)?.kind;
        if (kind !== undefined && remaining === 0) usedUp.add(kind);
      }
    }
    const counts = used.of(line);
    const kinds = [...new Set([...counts.keys(), ...spent.keys()])].sort().map(kind => {
      const { records = 0, units = 0 } = counts.get(kind) ?? {};
      return { kind, records, units, amount: spent.get(kind) ?? ZERO, isUsedUp: usedUp.has(kind) };
    });
    const fee = parts.map(part => part.fee).reduce(add, ZERO);
    return { line, plan: parts.at(-1)?.plan ?? '', fee, kinds };
  });
  return { period: rated.period, lines, total: totalOf(rated) };
}

/** Fees and use of a rated period, before tax. */
export function totalOf({ lines }: Pick<RatedPeriod, 'lines'>): Decimal {
  return lines.flatMap(line => [line.fee, ...line.charges.map(({ amount }) => amount)]).reduce(add, ZERO);
}

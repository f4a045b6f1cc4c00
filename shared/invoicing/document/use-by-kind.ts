import type { RatedRecord } from '#shared/rating/rated-period.ts';

/** What a period's records came to by kind, in base units: what an account used, whatever it cost. */
export class UseByKind {
  readonly #units = new Map<string, number>();

  take({ record, state, reason }: RatedRecord): void {
    if (state !== 'open' && state !== 'covered' && !(state === 'free' && reason === 'zero-price')) return;
    const { kind, units } = record.facts;
    this.#units.set(kind, (this.#units.get(kind) ?? 0) + units);
  }

  sums(): Record<string, number> {
    return Object.fromEntries(this.#units);
  }
}

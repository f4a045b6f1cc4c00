import { Tally } from './tally.ts';

/** What a part of a line has of one allowance, and what was drawn of it so far. Units are base units (s, B, 1). */
export class AllowanceStock {
  /** `null`: unlimited. */
  readonly included: number | null;
  readonly used = new Tally();
  /** Infinite where it is unlimited. */
  remaining: number;
  readonly #limits: readonly number[];
  readonly #underLimit: number[];

  constructor({ units, limits }: { readonly units: number | null; readonly limits: readonly number[] }) {
    this.included = units;
    this.remaining = units ?? Number.POSITIVE_INFINITY;
    this.#limits = limits;
    this.#underLimit = limits.map(() => 0);
  }

  /**
   * Takes as many of `wanted` units as are left, also of each limit that holds in the zone.
   * @param limits the zones of each limit
   * @returns what was taken
   */
  draw(wanted: number, limits: readonly Uint8Array[], zone: number): number {
    let drawn = Math.min(wanted, this.remaining);
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1) drawn = Math.min(drawn, this.#leftOfLimit(index));
    }
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1) this.#underLimit[index] = (this.#underLimit[index] ?? 0) + drawn;
    }
    this.remaining -= drawn;
    this.used.add(drawn);
    return drawn;
  }

  limitAt(index: number): { readonly amount: number; readonly used: number } {
    return { amount: this.#limits[index] ?? 0, used: this.#underLimit[index] ?? 0 };
  }

  #leftOfLimit(index: number): number {
    return (this.#limits[index] ?? 0) - (this.#underLimit[index] ?? 0);
  }
}

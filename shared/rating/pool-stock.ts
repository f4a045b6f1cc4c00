import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { AllowanceStock, type IncludedUnits } from './allowance-stock.ts';
import type { Carry } from './carry.ts';
import { compareFacts } from './rating-order.ts';

// A pool is drawn on by the lines of an account in the order of their records. It never grows inside a period, so each
// of its counters (what it has, and what it has for the zones of a limit) has one end: the record that takes the last
// of it. Before this record every wish is met, behind it none. Whoever knows the ends can therefore rate the lines one
// after the other, and comes to the same as in the order of time:
//
//   in order of time     a1 b1 a2 [b2] a3 b3       b2 gets the last 30 ──▶ end: b2 gets 30
//   line after line      a1 a2 | a3                a3 is behind b2: nothing
//                        b1 [b2] | b3              b2: 30, b3: nothing
//
// A pool in which every wish is met needs no ends: then no order matters.

/** The record that takes the last of a counter, and how much that is; `never`: there was nothing from the beginning. */
export type PoolEnd = { readonly facts: UsageFacts; readonly units: number } | 'never';

/** By counter: what the pool has, then its limits. `undefined`: it does not come to an end. */
export type PoolEnds = readonly (PoolEnd | undefined)[];

/** What an account's lines have together of one allowance. */
export class PoolStock extends AllowanceStock {
  /** Somebody wished for more than was left. */
  ranShort = false;
  readonly #known: PoolEnds | undefined;
  readonly #ends: (PoolEnd | undefined)[] = [];

  /** @param ends where the records do not come in order of time over all lines, but line after line */
  constructor(carry: Carry, ends: PoolEnds | undefined) {
    super({ units: 0, limits: [] }, carry);
    this.#known = ends;
  }

  /** A member brings what it has. */
  join({ units, limits }: IncludedUnits): void {
    this.included = units === null || this.included === null ? null : this.included + units;
    this.ownLeft = this.included ?? Number.POSITIVE_INFINITY;
    limits.forEach((most, index) => {
      this.limits[index] = (this.limits[index] ?? 0) + most;
      this.underLimit[index] ??= 0;
    });
  }

  override draw(wanted: number, limits: readonly Uint8Array[], zone: number, facts: UsageFacts): number {
    let drawn = Math.min(wanted, this.#leftFor(facts, 0, this.left));
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1)
        drawn = Math.min(drawn, this.#leftFor(facts, index + 1, this.leftOfLimit(index)));
    }
    if (drawn < wanted) this.ranShort = true;
    if (this.#known === undefined) this.#noteEnds(drawn, limits, zone, facts);
    this.take(drawn, limits, zone);
    return drawn;
  }

  /** Once all records were rated in order of time. */
  ends(): PoolEnds {
    return this.#ends;
  }

  #leftFor(facts: UsageFacts, counter: number, left: number): number {
    if (this.#known === undefined) return left;
    const end = this.#known[counter];
    if (end === undefined) return Number.POSITIVE_INFINITY;
    if (end === 'never') return 0;
    const order = compareFacts(facts, end.facts);
    if (order === 0) return end.units;
    return order < 0 ? Number.POSITIVE_INFINITY : 0;
  }

  #noteEnds(drawn: number, limits: readonly Uint8Array[], zone: number, facts: UsageFacts): void {
    this.#noteEnd(0, this.left, drawn, facts);
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1) this.#noteEnd(index + 1, this.leftOfLimit(index), drawn, facts);
    }
  }

  #noteEnd(counter: number, left: number, drawn: number, facts: UsageFacts): void {
    if (left > drawn || this.#ends[counter] !== undefined) return;
    this.#ends[counter] = left === 0 ? 'never' : { facts, units: left };
  }
}

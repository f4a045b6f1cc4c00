import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { Carry } from './carry.ts';

/** What there is of an allowance, and of each of its limits. `null`: unlimited. */
export interface IncludedUnits {
  readonly units: number | null;
  readonly limits: readonly number[];
}

/** What was carried in and what the period includes of one allowance, and what was drawn of both so far (s, B, 1). */
export class AllowanceStock {
  readonly carry: Carry;
  /** `null`: unlimited. */
  included: number | null;
  /** Of what is included; infinite where it is unlimited. */
  ownLeft: number;
  used = 0;
  /** Of the used units, those that were carried in. */
  usedOfCarry = 0;
  protected readonly limits: number[];
  protected readonly underLimit: number[];

  constructor({ units, limits }: IncludedUnits, carry = new Carry([])) {
    this.carry = carry;
    this.included = units;
    this.ownLeft = units ?? Number.POSITIVE_INFINITY;
    this.limits = [...limits];
    this.underLimit = limits.map(() => 0);
  }

  get left(): number {
    return this.ownLeft + this.carry.left;
  }

  /**
   * Takes as many of the wanted units as are left, also of each limit that holds in the zone; what was carried in first.
   * @param limits the zones of each limit
   * @returns what was taken
   */
  draw(wanted: number, limits: readonly Uint8Array[], zone: number, _facts: UsageFacts): number {
    let drawn = Math.min(wanted, this.left);
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1) drawn = Math.min(drawn, this.leftOfLimit(index));
    }
    this.take(drawn, limits, zone);
    return drawn;
  }

  limitAt(index: number): { readonly amount: number; readonly used: number } {
    return { amount: this.limits[index] ?? 0, used: this.underLimit[index] ?? 0 };
  }

  protected leftOfLimit(index: number): number {
    return (this.limits[index] ?? 0) - (this.underLimit[index] ?? 0);
  }

  protected take(drawn: number, limits: readonly Uint8Array[], zone: number): void {
    for (let index = 0; index < limits.length; index++) {
      if (limits[index]?.[zone] === 1) this.underLimit[index] = (this.underLimit[index] ?? 0) + drawn;
    }
    const ofCarry = this.carry.take(drawn);
    this.usedOfCarry += ofCarry;
    this.ownLeft -= drawn - ofCarry;
    this.used += drawn;
  }
}

import type { CarriedAllowance } from '#shared/accounts/account.ts';
import type { Rollover } from '#shared/catalog/catalog-version.ts';
import type { Instant } from '#shared/platform/instant.ts';

export type CarriedUnits = Pick<CarriedAllowance, 'since' | 'units' | 'periods'>;

/** What was left of an allowance in earlier periods, used from the oldest part to the newest. */
export class Carry {
  readonly total: number;
  left: number;
  readonly #parts: readonly CarriedUnits[];

  constructor(parts: readonly CarriedUnits[]) {
    this.#parts = parts.toSorted((a, b) => a.since - b.since);
    this.total = parts.reduce((sum, { units }) => sum + units, 0);
    this.left = this.total;
  }

  /** Takes what is there of the wanted units. */
  take(wanted: number): number {
    const taken = Math.min(wanted, this.left);
    this.left -= taken;
    return taken;
  }

  /** What is left of each part, oldest first. */
  parts(): CarriedUnits[] {
    return this.behind(this.total - this.left);
  }

  /** The parts without the first units of them. */
  behind(units: number): CarriedUnits[] {
    let used = units;
    return this.#parts.flatMap(part => {
      const ofPart = Math.min(used, part.units);
      used -= ofPart;
      return ofPart === part.units ? [] : [{ ...part, units: part.units - ofPart }];
    });
  }
}

/**
 * What goes on into the next period (contract section 5, rule 8): older parts while they may be used, then what is left of
 * the period's own units. Above the most that may be carried, the oldest part ends first, as it would by time.
 * @param rule of the allowance as it is at the period's end; `undefined`: it carries nothing more
 * @param since start of the period
 */
export function carriedOn(carry: Carry, ownLeft: number, rule: Rollover | undefined, since: Instant): CarriedUnits[] {
  const older = carry.parts().flatMap(part => (part.periods > 1 ? [{ ...part, periods: part.periods - 1 }] : []));
  const own = rule === undefined || ownLeft === 0 ? [] : [{ since, units: ownLeft, periods: rule.periods }];
  return upTo(rule?.max ?? Number.POSITIVE_INFINITY, [...older, ...own]);
}

function upTo(most: number, parts: readonly CarriedUnits[]): CarriedUnits[] {
  let room = most;
  return parts
    .toReversed()
    .flatMap(part => {
      const units = Math.min(room, part.units);
      room -= units;
      return units === 0 ? [] : [{ ...part, units }];
    })
    .reverse();
}

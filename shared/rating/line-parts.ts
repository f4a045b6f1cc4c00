import type { RatedAccount } from '#shared/accounts/account.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** A tenure of a plan or an add-on on a line, cut to the period. */
export interface PlanPart {
  readonly line: string;
  readonly plan: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** The tenures of plans and add-ons of an account's lines, cut to the period; a line's plans first. */
export function planParts({ lines }: Pick<RatedAccount, 'lines'>, { start, end }: Period): PlanPart[] {
  return lines.flatMap(({ line, plans, addOns = [] }) =>
    [...plans, ...addOns.map(({ addOn, from, until }) => ({ plan: addOn, from, until }))].map(
      ({ plan, from, until }) => ({
        line,
        plan,
        from: Math.max(from, start),
        until: Math.min(until ?? end, end),
      }),
    ),
  );
}

/** Which plan and which add-ons a line had at a moment of the period. Found by the line's id: a fleet has thousands of lines. */
export class LineParts {
  readonly #parts: ReadonlyMap<string, readonly PlanPart[]>;

  constructor(parts: readonly PlanPart[]) {
    this.#parts = Map.groupBy(parts, ({ line }) => line);
  }

  /** The plan, then the add-ons. */
  allAt(line: string, instant: Instant): PlanPart[] {
    return this.#parts.get(line)?.filter(({ from, until }) => from <= instant && instant < until) ?? [];
  }
}

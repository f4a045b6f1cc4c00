import type { RatedAccount } from '#shared/accounts/account.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** A plan tenure of a line, cut to the period. */
export interface PlanPart {
  readonly line: string;
  readonly plan: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** The plan tenures of an account's lines, cut to the period. */
export function planParts({ lines }: Pick<RatedAccount, 'lines'>, { start, end }: Period): PlanPart[] {
  return lines.flatMap(({ line, plans }) =>
    plans.map(({ plan, from, until }) => ({
      line,
      plan,
      from: Math.max(from, start),
      until: Math.min(until ?? end, end),
    })),
  );
}

/** Which plan a line was on at a moment of the period. Found by the line's id: a fleet has thousands of lines. */
export class LineParts {
  readonly #parts: ReadonlyMap<string, readonly PlanPart[]>;

  constructor(parts: readonly PlanPart[]) {
    this.#parts = Map.groupBy(parts, ({ line }) => line);
  }

  at(line: string, instant: Instant): PlanPart | undefined {
    return this.#parts.get(line)?.find(({ from, until }) => from <= instant && instant < until);
  }
}

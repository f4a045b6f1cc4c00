import type { Instant } from '#shared/platform/instant.ts';

/** One thing that happened to an account. */
export interface Happening {
  readonly at: Instant;
  readonly kind: 'usage' | 'money' | 'message' | 'service' | 'bill' | 'dunning';
  readonly text: string;
  readonly detail?: string;
  readonly href?: string;
  /** `bad`: money or service was refused. */
  readonly tone?: 'good' | 'bad';
}

export interface DayOfHappenings {
  /** `2026-11-02`, on the account's wall clock. */
  readonly day: string;
  readonly at: Instant;
  readonly happenings: readonly Happening[];
}

/** What happened, in one stream: newest day first, and within a day the newest first. */
export function timelineOf(happenings: readonly Happening[], timezone: string): DayOfHappenings[] {
  const dayText = new Intl.DateTimeFormat('en-CA', { timeZone: timezone });
  const sorted = happenings.toSorted((a, b) => b.at - a.at);
  const days = Map.groupBy(sorted, ({ at }) => dayText.format(at));
  return [...days].map(([day, some]) => ({ day, at: some[0]?.at ?? 0, happenings: some }));
}

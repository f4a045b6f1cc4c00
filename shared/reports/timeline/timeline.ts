import type { Instant } from '#shared/platform/instant.ts';
import { wallAt } from '#shared/platform/time-zones.ts';

/** One thing that happened to an account. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly kind: 'usage' | 'money' | 'message' | 'service' | 'bill' | 'dunning';
  readonly text: string;
  readonly detail?: string;
  /** What can be looked at beside it. Each page makes its own address of it. */
  readonly about?: TimelineSubject;
  /** `bad`: money or service was refused. */
  readonly tone?: 'good' | 'bad';
}

export type TimelineSubject =
  | { readonly kind: 'bill'; readonly bill: string }
  | { readonly kind: 'messages' }
  | { readonly kind: 'commands' }
  /** Records of a time span; `line` is absent for those that belong to no line. */
  | {
      readonly kind: 'records';
      readonly account: string;
      readonly line?: string;
      readonly from: Instant;
      readonly to: Instant;
    };

export interface TimelineDay {
  /** `2026-11-02`, on the account's wall clock. */
  readonly day: string;
  readonly at: Instant;
  readonly entries: readonly TimelineEntry[];
}

/** Returns what happened in one stream: newest day first, and within a day the newest first. */
export function timelineOf(entries: readonly TimelineEntry[], timezone: string): TimelineDay[] {
  const dayText = (at: Instant) => new Date(wallAt(timezone, at)).toISOString().slice(0, 10);
  const sorted = entries.toSorted((a, b) => b.at - a.at);
  const days = Map.groupBy(sorted, ({ at }) => dayText(at));
  return [...days].map(([day, some]) => ({ day, at: some[0]?.at ?? 0, entries: some }));
}

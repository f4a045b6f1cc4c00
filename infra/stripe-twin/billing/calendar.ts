import type { AnchorRule } from '../records/anchor-rule.ts';
import type { Span } from '../records/span.ts';

export interface Cycle {
  readonly interval: 'day' | 'week' | 'month' | 'year';
  readonly interval_count: number;
}

/** Where periods begin: a moment, and the day of the month that shorter months cut (31 gives 30 November, 28 February). */
export interface Anchor {
  readonly at: number;
  readonly dayOfMonth?: number | undefined;
}

const SECONDS = { day: 86_400, week: 604_800, month: 2_629_746, year: 31_556_952 } as const;

/** The period of the cycle that holds the moment: start ≤ moment < end. */
export function periodAt(anchor: Anchor, cycle: Cycle, moment: number): Span {
  const roughly = SECONDS[cycle.interval] * cycle.interval_count;
  let index = Math.floor((moment - anchor.at) / roughly);
  while (boundary(anchor, cycle, index) > moment) index -= 1;
  while (boundary(anchor, cycle, index + 1) <= moment) index += 1;
  return { start: boundary(anchor, cycle, index), end: boundary(anchor, cycle, index + 1) };
}

/** The first moment after `now` that fits the rule; what the rule leaves open is taken from `now`. */
export function anchorByRule(rule: AnchorRule, now: number): number {
  const today = new Date(now * 1_000);
  const timeOfDay = ((rule.hour ?? today.getUTCHours()) * 60 + (rule.minute ?? today.getUTCMinutes())) * 60;
  const seconds = timeOfDay + (rule.second ?? today.getUTCSeconds());
  const firstMonth = today.getUTCFullYear() * 12 + today.getUTCMonth();
  for (let month = firstMonth; ; month += 1) {
    if (rule.month !== null && month % 12 !== rule.month - 1) continue;
    const moment = dayIn(month, rule.day_of_month) + seconds;
    if (moment > now) return moment;
  }
}

/** The end of the period after the anchor that would follow by nature: an anchor given by hand may not lie later. */
export function naturalEnd(start: number, cycle: Cycle): number {
  return boundary({ at: start }, cycle, 1);
}

function boundary(anchor: Anchor, cycle: Cycle, index: number): number {
  const steps = index * cycle.interval_count;
  if (cycle.interval === 'day' || cycle.interval === 'week') return anchor.at + steps * SECONDS[cycle.interval];
  const date = new Date(anchor.at * 1_000);
  const months = cycle.interval === 'year' ? steps * 12 : steps;
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  return dayIn(month, anchor.dayOfMonth ?? date.getUTCDate()) + (anchor.at % SECONDS.day);
}

/** Midnight of a day in a month counted from year 0, or of the month's last day where it is shorter. */
function dayIn(month: number, day: number): number {
  const year = Math.floor(month / 12);
  const lastDay = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  return Date.UTC(year, month % 12, Math.min(day, lastDay)) / 1_000;
}

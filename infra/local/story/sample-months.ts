import { DAY, HOUR, type Instant } from '#shared/platform/instant.ts';

/** The sample's two months: the last ones that are over, so that the story ends near the present. */
export interface SampleMonths {
  readonly start: Instant;
  readonly second: Instant;
  readonly end: Instant;
}

/** After a month's end its invoices are final and compared. */
export const AFTERMATH = 3 * HOUR;

/** Longer than a failed payment takes through all steps of the sample's policy, with a weekend and a holiday on the way. */
export const RECOVERY = 19 * DAY;

/** @param present the months, and what came of their failed payments, are over by then */
export function sampleMonths(present: Instant): SampleMonths {
  const last = new Date(present - RECOVERY);
  const monthsBack = (count: number) => Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - count, 1);
  return { start: monthsBack(2), second: monthsBack(1), end: monthsBack(0) };
}

/** Midnight of a day of the first month; `day` counts from 1. */
export function dayOf(months: SampleMonths, day: number): Instant {
  return months.start + (day - 1) * DAY;
}

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const monthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `2 September`. */
export function dayText(instant: Instant): string {
  return dayAndMonth.format(instant);
}

/** `September 2026`. */
export function monthText(instant: Instant): string {
  return monthAndYear.format(instant);
}

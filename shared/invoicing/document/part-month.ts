import { DAY, type Instant, type Period, SECOND } from '#shared/platform/instant.ts';
import type { BillWords } from '../view/bill-words.ts';

/** `21 of 30 days`, `20 days 18 h of 31 days`: how much of a month a fee is for; `undefined`: all of it. */
export function partOfMonth({ start, end }: Period, { texts, formats }: BillWords): string | undefined {
  const month = end - monthBefore(end);
  const length = end - start;
  if (length >= month || length <= 0) return undefined;
  const whole = Math.floor(length / DAY);
  const rest = Math.round((length - whole * DAY) / SECOND);
  const part = rest === 0 ? formats.number(whole) : [texts.days(whole), formats.units(rest, 's')].join(' ');
  return texts.usedOf(part, texts.days(month / DAY));
}

/** Fees end with a month: on the same day and hour of the month before, it began. Billing days are at most the 28th. */
function monthBefore(end: Instant): Instant {
  const date = new Date(end);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.getTime();
}

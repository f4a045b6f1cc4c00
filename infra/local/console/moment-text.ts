import type { Instant } from '#shared/platform/instant.ts';

const moment = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** `Sun, 1 Nov 2026, 14:05 UTC`. */
export function momentText(at: Instant): string {
  return `${moment.format(at)} UTC`;
}

/** One moment, or from one to the other. */
export function spanText(from: Instant, to: Instant): string {
  return from === to ? momentText(to) : `${moment.formatRange(from, to)} UTC`;
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `November 2026`. */
export function monthText(at: Instant): string {
  return month.format(at);
}

/** `2026-11`, as the API names periods. */
export function monthName(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7);
}

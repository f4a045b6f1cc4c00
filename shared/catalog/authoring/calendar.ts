import { MINUTES_A_DAY } from '#shared/platform/instant.ts';
import { isTimezone } from '#shared/platform/time-zones.ts';
import type { Reference } from '../reference.ts';
import type { Findings, SourcePath } from './problem.ts';
import type { Read } from './quantity.ts';

/** As the operator writes them; their places are the numbers that are kept. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `08:00` to `24:00` → minutes after midnight. */
export function readTimeOfDay(text: string): Read<number> {
  const [, hour = '', minute = ''] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (hour === '' || minutes > MINUTES_A_DAY) return { reason: `"${text}" is not a time of day` };
  return { value: minutes };
}

/** An IANA name, as a field to be spread; nothing where none is written. */
export function readTimezone(text: string | undefined, path: SourcePath, findings: Findings): { timezone?: string } {
  if (text === undefined) return {};
  if (isTimezone(text)) return { timezone: text };
  findings.at(path, 'invalid-value', `"${text}" is not an IANA time zone`, 'like "Europe/Stockholm"');
  return {};
}

/** Countries → whole days since 1970-01-01, ascending. */
export function readHolidays(
  countries: readonly string[],
  path: SourcePath,
  reference: Reference,
  findings: Findings,
): number[] {
  const holidays = countries.flatMap((country, index) => {
    const days = reference.holidaysOf(country);
    if (days === undefined) {
      findings.at([...path, index], 'unknown-country', `there are no holidays of "${country}"`);
    }
    return days ?? [];
  });
  return [...new Set(holidays)].sort((a, b) => a - b);
}

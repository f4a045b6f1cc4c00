import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Bills name the same few numbers again and again; reading one takes 27 µs. */
const printed = new Map<string, string>();
const MOST_KEPT = 5_000;

/** A space that does not break a line within a number. */
const GAP = '\u00a0';

/**
 * Returns a number in E.164 as readers all over the world group it: `+46 70 123 45 67`. Short codes, other names, and
 * numbers that the library's table does not know to be possible (as `+31970…` with twelve digits) stay as they are.
 */
export function printPhone(number: string): string {
  const known = printed.get(number);
  if (known !== undefined) return known;
  if (printed.size >= MOST_KEPT) printed.clear();
  const text = grouped(number);
  printed.set(number, text);
  return text;
}

function grouped(number: string): string {
  if (!/^\+\d{7,15}$/.test(number)) return number;
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.isPossible() ? parsed.formatInternational().replaceAll(' ', GAP) : number;
}

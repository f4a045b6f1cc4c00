import { describe, expect, test } from 'vitest';
import { formatsOf } from '#shared/locale/formats.ts';
import { plainSpaces } from '#shared/messages/wording/plain-text.ts';

describe('units are named as readers of the language name them', () => {
  test.each([
    ['en', '12.4 GB', '820.32 MB', '1 h 23 min', '1 h 5 min 3 s'],
    ['nl', '12,4 GB', '820,32 MB', '1 u 23 min', '1 u 5 min 3 s'],
    ['sv', '12,4 GB', '820,32 MB', '1 tim 23 min', '1 tim 5 min 3 s'],
    // Every French operator counts octets.
    ['fr', '12,4 Go', '820,32 Mo', '1 h 23 min', '1 h 5 min 3 s'],
  ] as const)('in %s', (locale, gigabytes, megabytes, minutes, seconds) => {
    const { units } = formatsOf(locale, 'EUR', 'UTC');

    expect(plainSpaces(units(12_400_000_000, 'B'))).toBe(gigabytes);
    expect(plainSpaces(units(820_320_000, 'B'))).toBe(megabytes);
    expect(plainSpaces(units(83 * 60, 's'))).toBe(minutes);
    expect(plainSpaces(units(3_903, 's'))).toBe(seconds);
  });

  test.each([
    ['en', '500 B', '5 KB'],
    ['fr', '500 o', '5 Ko'],
  ] as const)('small ones in %s', (locale, bytes, kilobytes) => {
    const { units } = formatsOf(locale, 'EUR', 'UTC');

    expect(plainSpaces(units(500, 'B'))).toBe(bytes);
    expect(plainSpaces(units(5_000, 'B'))).toBe(kilobytes);
  });
});

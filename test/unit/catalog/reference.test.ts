import { describe, expect, it } from 'vitest';
import { builtInReference } from '#shared/catalog/reference.ts';
import { DAY } from '#shared/platform/instant.ts';

function holidays(country: string, year: string): string[] {
  const days = builtInReference.holidaysOf(country) ?? [];
  return days.map(day => new Date(day * DAY).toISOString().slice(0, 10)).filter(date => date.startsWith(year));
}

describe('The generated reference data', () => {
  /** Lag (1989:253) om allmänna helgdagar; Easter Sunday 2026 is 5 April, Midsummer Day Saturday 20 June. Sundays aside. */
  it('knows the Swedish public holidays of 2026', () => {
    expect(holidays('SE', '2026')).toEqual(
      expect.arrayContaining(
        '01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-20 10-31 12-25 12-26'
          .split(' ')
          .map(day => `2026-${day}`),
      ),
    );
    expect(holidays('SE', '2026')).toHaveLength(13);
  });

  it('has no holidays of a country that it does not know', () => {
    expect(builtInReference.holidaysOf('XX')).toBeUndefined();
  });

  /** ITU-T E.212: MCC 240 Sweden, 262 Germany, 310 United States; 310-120 and others serve Guam. */
  it.each([
    ['240', ['SE']],
    ['262', ['DE']],
    ['310', ['US']],
  ])('knows the countries of MCC %s', (mcc, countries) => {
    expect(builtInReference.countriesOfMcc.get(mcc)).toEqual(countries);
  });

  it('knows networks that belong to another country than most of their MCC', () => {
    // 234-50 is Jersey Telecom under the British MCC
    expect(builtInReference.countriesOfNetwork.get('23450')).toEqual(['JE']);
  });
});

import { describe, expect, it } from 'vitest';
import { undecided } from '#infra/build/holiday-sources.ts';
import generated from '#shared/catalog/generated/holidays.json' with { type: 'json' };
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

  /**
   * By hand from the laws. Western Easter: 5 April 2026, 28 March 2027; Orthodox: 12 April 2026, 2 May 2027.
   * CY: Green Monday is Easter - 48, Whit Monday Easter + 50. BG: Labour Code 154: Good Friday to Easter Monday, and the
   * next working day for each other holiday at a weekend (24 May and 6 September 2026 are Sundays, 26 December 2026 is a
   * Saturday; 1 May, 25 and 26 December 2027 are at weekends). HU: Act LXXII of 2026 (24 December). SK: Act 241/1993
   * with Act 261/2025 (8 May and 15 September not in 2026; 17 November no more). SE: Lag (1989:253). FI: no eve.
   */
  it.each([
    ['CY', '2026', '01-01 01-06 02-23 03-25 04-01 04-10 04-12 04-13 05-01 06-01 08-15 10-01 10-28 12-25 12-26'],
    ['CY', '2027', '01-01 01-06 03-15 03-25 04-01 04-30 05-01 05-02 05-03 06-21 08-15 10-01 10-28 12-25 12-26'],
    [
      'BG',
      '2026',
      '01-01 03-03 04-10 04-11 04-12 04-13 05-01 05-06 05-24 05-25 09-06 09-07 09-22 12-24 12-25 12-26 12-28',
    ],
    ['BG', '2027', '01-01 03-03 04-30 05-01 05-02 05-03 05-04 05-06 05-24 09-06 09-22 12-24 12-25 12-26 12-27 12-28'],
    ['HU', '2026', '01-01 03-15 04-03 04-05 04-06 05-01 05-24 05-25 08-20 10-23 11-01 12-24 12-25 12-26'],
    ['HU', '2027', '01-01 03-15 03-26 03-28 03-29 05-01 05-16 05-17 08-20 10-23 11-01 12-24 12-25 12-26'],
    ['SK', '2026', '01-01 01-06 04-03 04-06 05-01 07-05 08-29 11-01 12-24 12-25 12-26'],
    ['SK', '2027', '01-01 01-06 03-26 03-29 05-01 05-08 07-05 08-29 09-15 11-01 12-24 12-25 12-26'],
    ['SE', '2027', '01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 06-26 11-06 12-25 12-26'],
    ['FI', '2026', '01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-20 10-31 12-06 12-25 12-26'],
    ['FI', '2027', '01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-26 11-06 12-06 12-25 12-26'],
  ])('knows the holidays of %s in %s', (country, year, days) => {
    expect(holidays(country, year)).toEqual(days.split(' ').map(day => `${year}-${day}`));
  });

  /** 5 U.S.C. 6103(b): 11 November 2028 is a Saturday. Canada Labour Code 195: 25 December 2027 is a Saturday. */
  it.each([
    ['US', '2028-11-10', '2028-11-09'],
    ['CA', '2027-12-27', '2027-12-28'],
    ['IS', '2030-04-25', '2028-12-24'], // the Thursday after 18 April, itself a Thursday; the eve is free from 13:00
    ['LT', '2027-05-02', '2027-05-09'],
  ])('of %s has %s and not %s', (country, day, other) => {
    expect(holidays(country, day.slice(0, 4))).toContain(day);
    expect(holidays(country, other.slice(0, 4))).not.toContain(other);
  });

  it('differs from a second source of holidays only where a reason is given', () => {
    expect(undecided(generated.countries)).toEqual([]);
    const without = { ...generated.countries, SE: { ...generated.countries.SE, 2027: '0101' } };
    expect(undecided(without)).toHaveLength(12);
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

  /**
   * Wikipedia's "Mobile network codes" (ITU regions 2 to 7), the rows and their notes read by hand: who is built where.
   * A network serves every country that it is listed for, the MCC's own country first.
   */
  it.each([
    ['310260', 'US PR VI'], // T-Mobile US
    ['310120', 'US PR VI'],
    ['310410', 'US VI'], // AT&T; Liberty in the Virgin Islands
    ['310004', 'US'], // Verizon
    ['27077', 'LU'], // Tango
    ['27099', 'LU'], // Orange Luxembourg
    ['33805', 'JM KY LC MS'], // Digicel
    ['338050', 'BM TC'],
    ['34001', 'BL GF GP MF MQ'], // Orange Caraïbe
    ['34002', 'BL GF GP MF MQ'],
    ['34020', 'BL GF GP MF MQ'],
    ['34003', 'BL MF'], // UTS Caraïbe: Saint Barthélemy, Saint Martin
    ['36269', 'CW'],
    ['36278', 'BQ'], // Telbo on Bonaire
    ['64701', 'YT'], // Maoré Mobile
    ['64700', 'YT RE'],
    ['23403', 'GG JE'],
    ['23450', 'GG JE'],
    ['23455', 'GG JE'],
    ['23458', 'IM'], // Manx Telecom
    ['23418', 'GB'], // the island's row: not operational
    ['23428', 'GB'],
    ['310370', 'GU MP'],
    ['310032', 'GU'],
    ['310110', 'MP'],
    ['311780', 'AS'],
    ['42505', 'PS'],
    ['42506', 'PS'],
    ['50510', 'NF'],
    ['99501', 'IO'], // Sure on Diego Garcia
  ])('knows that %s serves %s', (network, countries) => {
    const { countriesOfNetwork, countriesOfMcc } = builtInReference;
    const served = countriesOfNetwork.get(network) ?? countriesOfMcc.get(network.slice(0, 3));
    expect(served?.join(' ')).toBe(countries);
  });

  it('has a network for each island that shares its code with a large country', () => {
    for (const island of 'GG JE IM GU MP PR VI AS NF PS IO'.split(' ')) {
      expect(builtInReference.countries).toContain(island);
    }
  });
});

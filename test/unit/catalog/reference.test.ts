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

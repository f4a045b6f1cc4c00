import { describe, expect, it, test } from 'vitest';
import { addressLines, countryIn, linesFor } from '#shared/locale/address.ts';

// As the Universal Postal Union's addressing systems print them, country by country.
describe('an address', () => {
  test.each([
    ['SE', { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142' }, ['Storgatan 1', '211 42 Malmö']],
    [
      'NL',
      { line1: 'Prinsengracht 12', city: 'Amsterdam', postalCode: '1015DV' },
      ['Prinsengracht 12', '1015 DV Amsterdam'],
    ],
    ['FR', { line1: '8 rue des Lices', city: 'Rennes', postalCode: '35000' }, ['8 rue des Lices', '35000 Rennes']],
    [
      'GB',
      { line1: '10 Downing Street', city: 'London', postalCode: 'SW1A2AA' },
      ['10 Downing Street', 'London', 'SW1A 2AA'],
    ],
    [
      'US',
      { line1: '1 Broadway', line2: 'Floor 3', city: 'New York', state: 'NY', postalCode: '10004' },
      ['1 Broadway', 'Floor 3', 'New York, NY 10004'],
    ],
    [
      'FI',
      { line1: 'Mannerheimintie 1', city: 'Helsinki', postalCode: '00100' },
      ['Mannerheimintie 1', '00100 Helsinki'],
    ],
    [
      'CA',
      { line1: '1 Wellington St', city: 'Ottawa', state: 'ON', postalCode: 'K1A0A9' },
      ['1 Wellington St', 'Ottawa ON K1A 0A9'],
    ],
    // The data have no format of Kosovo: nothing is lost.
    ['XK', { line1: 'Rruga 1', city: 'Pristina', postalCode: '10000' }, ['Rruga 1', '10000 Pristina']],
    // Nor a region and a code of Ghana (GhanaPost GPS, since 2017), nor a city in the Emirates (localized-address-format 1.3.3).
    [
      'GH',
      { line1: '5 Ring Road', city: 'Accra', state: 'Greater Accra', postalCode: 'GA-183-8164' },
      ['5 Ring Road', 'GA-183-8164 Accra', 'Greater Accra'],
    ],
    ['AE', { line1: 'PO Box 1', city: 'Dubai', postalCode: '' }, ['PO Box 1', 'Dubai']],
    [
      'SE',
      { line1: 'Storgatan 1', city: 'Malmö', state: 'Skåne', postalCode: '21142' },
      ['Storgatan 1', '211 42 Malmö'],
    ],
  ])('of %s has its own order', (country, address, lines) => {
    expect(addressLines({ ...address, country }, 'en', country)).toEqual(lines);
  });

  const MALMO = { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' };

  it.each([
    ['en', 'Sweden'],
    ['nl', 'Zweden'],
    ['sv', 'Sverige'],
    ['fr', 'Suède'],
  ] as const)('names a foreign country last, in %s', (locale, country) => {
    expect(addressLines(MALMO, locale, 'NL').at(-1)).toBe(country);
    expect(addressLines(MALMO, locale, 'SE').at(-1)).toBe('211 42 Malmö');
    expect(linesFor(['Storgatan 1', '211 42 Malmö', 'Sverige'], locale).at(-1)).toBe(country);
  });

  it('tells its country by any of the languages', () => {
    expect(countryIn(['Storgatan 1', '211 42 Malmö', 'Suède'])).toBe('SE');
    expect(countryIn(['Storgatan 1', '211 42 Malmö'])).toBeUndefined();
  });
});

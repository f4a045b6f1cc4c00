import { describe, expect, test } from 'vitest';
import { DestinationNames } from '#shared/invoicing/document/destination-names.ts';
import type { Locale } from '#shared/locale/locales.ts';

const CATALOG = {
  destinations: { '46': 'domestic', '31': 'eu', 'exact:112': 'emergency' },
  names: {
    'United States and Canada': { nl: 'Verenigde Staten en Canada' },
    emergency: { en: 'Emergency', nl: 'Alarmnummer' },
  },
};

function named(destination: string | null, peer: string | undefined, locale: Locale) {
  const record = { facts: { ...(peer !== undefined && { peer }) } };
  return new DestinationNames([CATALOG], locale).nameOf({ destination, record } as Parameters<
    DestinationNames['nameOf']
  >[0]);
}

describe('whom a record went to', () => {
  test.each([
    ['en', 'Sweden mobile'],
    ['nl', 'Zweden mobiel'],
    ['sv', 'Sverige mobil'],
    ['fr', 'Suède mobile'],
  ] as const)('is named in %s, whatever language the rate table is written in', (locale, name) => {
    for (const label of ['Sweden mobile', 'Sverige, mobil', 'Zweden (mobiel)', 'Suède mobile']) {
      expect(named(label, '+46701234567', locale)).toBe(name);
    }
  });

  test.each([
    // Texts have no rate row: the catalog's own id is all that rating knows.
    ['domestic', '+46701234567', 'sv', 'Sverige'],
    ['domestic', '+46701234567', 'en', 'Sweden'],
    ['eu', '+31612340001', 'fr', 'Pays-Bas'],
    // A row without a label stands under its prefix.
    ['46', '+46701234567', 'nl', 'Zweden'],
    ['*', '+819012345678', 'sv', 'Japan'],
    ['Other countries', '+5511912345678', 'nl', 'Brazilië'],
    ['Other countries', '+5511912345678', 'en', 'Other countries'],
    ['Germany', '+4930123456', 'fr', 'Allemagne'],
    // Several countries share +1.
    ['United States and Canada', '+12125550123', 'nl', 'Verenigde Staten en Canada'],
    ['United States and Canada', '+14165550123', 'fr', 'Canada'],
    ['emergency', '112', 'nl', 'Alarmnummer'],
    ['emergency', '112', 'sv', 'Emergency'],
    [null, '+33142685300', 'en', 'France'],
    ['Satellite', '+870773111111', 'fr', 'Satellite'],
  ] as const)('of %s (%s) in %s is %s', (destination, peer, locale, name) => {
    expect(named(destination, peer, locale)).toBe(name);
  });

  test.each([
    ['domestic', '72345'],
    ['eu', undefined],
    ['exact:112', '112'],
    [null, undefined],
  ])('is left out where there is nothing but an id: %s, %s', (destination, peer) => {
    expect(named(destination, peer, 'sv')).toBeNull();
  });
});

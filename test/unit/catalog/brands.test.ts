import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';
import { brandOf } from '#shared/catalog/brand.ts';
import { aCatalog, catalogFiles, type SourceFields } from '#test/builders/catalog.ts';

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

function aBrand(fields: SourceFields = {}): SourceFields {
  return { id: 'dunlin', name: 'Dunlin Mobile', legal: 'Dunlin AB', colours: { accent: '#0B5C7A' }, ...fields };
}

function problems(brand: SourceFields, files: Readonly<Record<string, string>> = {}): string[] {
  return compileCatalog(catalogFiles({ brands: [brand] }, files)).problems.map(({ code, reason, hint }) =>
    printProblem({ file: 'f', line: 1, code, reason, hint }).replace('f:1: ', ''),
  );
}

describe('A brand', () => {
  it('needs a name, legal words and a colour; the rest is none', () => {
    expect(aCatalog({ brands: [aBrand()] }).brands).toEqual([
      {
        id: 'dunlin',
        name: 'Dunlin Mobile',
        legal: { en: 'Dunlin AB', nl: 'Dunlin AB', sv: 'Dunlin AB', fr: 'Dunlin AB' },
        address: [],
        logo: null,
        mailLogo: null,
        // 7.5 : 1
        colours: { accent: '#0b5c7a', accentText: '#ffffff' },
        contacts: { phone: null, email: null, web: null },
        disputes: null,
        businessDisputes: null,
        lateFee: null,
        secondFactor: null,
        links: { terms: null, privacy: null, help: null },
        countries: {},
      },
    ]);
  });

  it('says everything in the words of the operator', () => {
    // given
    const said = {
      address: ['Storgatan 1', '211 42 Malmö'],
      logo: 'logos/dunlin.png',
      mailLogo: 'https://cdn.example.com/dunlin.png',
      colours: { accent: '#ffcc00', accentText: '#1a1d21' },
      contacts: { phone: '020-12 34 56', email: 'help@example.com', web: 'https://example.com/help' },
      disputes: { sv: 'Allmänna reklamationsnämnden' },
      lateFee: { en: 'A reminder costs SEK 60.' },
      secondFactor: 'sms',
      locale: 'sv',
      timezone: 'Europe/Oslo',
      country: 'NO',
      links: { terms: 'https://example.com/terms' },
      countries: { NO: { legal: 'Dunlin AS' } },
    };
    // when
    const [brand] = aCatalog({ brands: [aBrand(said)] }, { 'logos/dunlin.png': PNG }).brands;
    // then
    const legal = { en: 'Dunlin AS', nl: 'Dunlin AS', sv: 'Dunlin AS', fr: 'Dunlin AS' };
    expect(brand).toMatchObject({
      ...said,
      logo: PNG,
      links: { terms: 'https://example.com/terms', privacy: null, help: null },
      countries: { NO: { legal, disputes: null, businessDisputes: null } },
    });
  });

  it.each<[SourceFields, string]>([
    // 1.5 : 1 on white, 14 : 1 on black
    [
      { colours: { accent: '#ffcc00', accentText: '#ffffff' } },
      'low-contrast: #ffffff on #ffcc00 has a contrast of 1.5 : 1, which is less than 4.5 : 1 (#000000 can be read on it)',
    ],
    [{ colours: { accent: 'blue' } }, 'invalid-value: "blue" is not a colour (like "#0b5c7a")'],
    [
      { logo: 'dunlin.svg' },
      'unknown-logo-form: "dunlin.svg" is not a picture that a bill can show (a PNG or JPEG file)',
    ],
    [{ logo: 'dunlin.png' }, 'missing-file: there is no file dunlin.png (did you mean "dunlon.png"?)'],
    [{ logo: 'broken.png' }, 'unknown-logo-form: broken.png is not a PNG or JPEG file'],
    [{ logo: 'large.png' }, 'logo-too-large: large.png has 25 KB (at most 24 KB: it is on every bill)'],
    [
      { mailLogo: 'http://a.example' },
      'invalid-value: "http://a.example" is not the address of a page (like "https://www.example.com")',
    ],
    [{ contacts: { email: 'us' } }, 'invalid-value: "us" is not an e-mail address'],
    [{ timezone: '+01:00' }, 'invalid-value: "+01:00" is not an IANA time zone (like "Europe/Stockholm")'],
    [{ country: 'Norge' }, 'unknown-country: "Norge" is not a country with a mobile network (ISO 3166-1 alpha-2: SE)'],
    [{ legal: {} }, 'missing-field: there is no text in any language'],
    [{ legal: { en: 'Ltd', de: 'GmbH' } }, 'unknown-field: "de" is not a field here (there are: en, nl, sv, fr)'],
    [{ legal: [] }, 'invalid-value: "legal": must be a text, or texts by language (en, nl, sv, fr)'],
    [
      { countries: { XX: { legal: 'X' } } },
      'unknown-country: "XX" is not a country with a mobile network (ISO 3166-1 alpha-2: SE)',
    ],
    [
      { slogan: 'We fly' },
      'unknown-field: "slogan" is not a field here (there are: legal, id, name, address, logo, mailLogo, colours, contacts, disputes, businessDisputes, lateFee, secondFactor, locale, timezone, country, links, countries)',
    ],
  ])('with %j is refused', (fields, expected) => {
    const files = {
      'dunlon.png': PNG,
      'broken.png': '',
      // 33 332 letters of base64 are 24 999 bytes
      'large.png': `data:image/png;base64,${'A'.repeat(33_332)}`,
    };
    expect(problems(aBrand(fields), files)).toEqual([expected]);
  });
});

describe('The brand of an account', () => {
  const [red, blue, green] = ['red', 'blue', 'green'].map(id => aCatalog({ brands: [aBrand({ id })] }).brands[0]);
  const versions = [
    { effectiveFrom: 1, brands: [red, blue].filter(brand => brand !== undefined) },
    { effectiveFrom: 5, brands: [green].filter(brand => brand !== undefined) },
  ];

  it.each([
    ['its own', { brand: 'blue' }, 1, 'blue'],
    ['its own, also when newer catalogs do not have it any more', { brand: 'blue' }, 5, 'blue'],
    ['the first in force', {}, 4, 'red'],
    ['the first in force, when its own never was', { brand: 'pink' }, 5, 'green'],
    ['none before the first catalog', { brand: 'blue' }, 0, undefined],
  ])('is %s', (_, account, at, expected) => {
    expect(brandOf(versions, account, at)?.id).toBe(expected);
  });
});

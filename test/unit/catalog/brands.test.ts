import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';
import { bankAccountOf, brandOf } from '#shared/catalog/brand.ts';
import { aBankAccount } from '#test/builders/bank-accounts.ts';
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
        bank: {},
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

  it('says where it is paid to, by currency and country', () => {
    // given: numbers from the documents of the schemes, as people write them
    const bank = {
      SEK: { holder: 'Dunlin AB', bankgiro: '991-2346', companyNumber: '556000-0000' },
      EUR: { holder: 'Dunlin AB', iban: 'SE45 5000 0000 0583 9825 7466', bic: 'ESSESESS' },
    };
    const countries = { DE: { bank: { EUR: { holder: 'Dunlin GmbH', iban: 'DE89370400440532013000' } } } };
    // when
    const [brand] = aCatalog({ brands: [aBrand({ bank, countries })] }).brands;
    if (brand === undefined) throw new Error('There is a brand.');
    // then
    expect(bankAccountOf(brand, 'SE', 'SEK')).toEqual(
      aBankAccount({ holder: 'Dunlin AB', bankgiro: '991-2346', companyNumber: '556000-0000' }),
    );
    expect(bankAccountOf(brand, 'NL', 'EUR')).toMatchObject({ iban: 'SE4550000000058398257466', bic: 'ESSESESS' });
    expect(bankAccountOf(brand, 'DE', 'EUR')).toMatchObject({ holder: 'Dunlin GmbH', iban: 'DE89370400440532013000' });
    expect(bankAccountOf(brand, undefined, 'NOK')).toBeUndefined();
  });

  it.each<[string, SourceFields, string]>([
    ['EUR', { iban: 'DE89370400440532013001' }, 'wrong-check-digit: "DE89370400440532013001" is not an IBAN'],
    ['EUR', { iban: 'DE8937040044053201300' }, 'those of DE look different'],
    ['EUR', { iban: 'XX89370400440532013000' }, 'it does not begin with a country that has IBANs'],
    // Of the IBAN registry, outside of SEPA.
    ['EUR', { iban: 'TR330006100519786457841326' }, 'wrong-country: TR is outside of the area'],
    ['EUR', { iban: 'DE89370400440532013000', bic: 'COBADEF' }, 'invalid-value: "COBADEF" is not a BIC'],
    ['EUR', { iban: 'DE89370400440532013000', bic: 'ESSESESS' }, 'wrong-country: the BIC is of a bank in SE'],
    ['SEK', { bankgiro: '991-2345' }, 'wrong-check-digit: the last digit of 991-2345 does not fit'],
    ['SEK', { bankgiro: '9912346' }, 'invalid-value: "9912346" is not a bankgiro number (like "991-2346")'],
    ['SEK', { plusgiro: '41 28 90-5' }, 'wrong-check-digit: the last digit of 41 28 90-5'],
    ['EUR', { bankgiro: '991-2346' }, 'invalid-value: a bankgiro takes SEK, and this is EUR'],
    ['SEK', { bankgiro: '991-2346', plusgiro: '41 28 90-7' }, 'one-account: there are bankgiro and plusgiro'],
    ['SEK', {}, 'one-account: there is no account'],
    ['SEK', { bankgiro: '991-2346', bic: 'ESSESESS' }, 'a BIC belongs to an IBAN, and there is none'],
    ['CHF', { iban: 'CH9300762011623852957' }, 'missing-field: a Swiss payment part says the address of the holder'],
    ['SEK', { iban: 'CH4431999123000889012' }, 'wrong-country: a QR-IBAN takes CHF and EUR, and this is SEK'],
    ['EURO', { iban: 'DE89370400440532013000' }, 'unknown-currency'],
    ['EUR', { iban: 'DE89370400440532013000', holder: 'x'.repeat(71) }, 'the holder has 71 characters'],
    ['EUR', { iban: 'DE89370400440532013000', holder: 'Dunlin\nEUR1000000' }, 'must be one line'],
  ])('refuses a bank account in %s that is %j', (currency, account, message) => {
    expect(problems(aBrand({ bank: { [currency]: { holder: 'Dunlin AB', ...account } } })).join('\n')).toContain(
      message,
    );
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
      'unknown-field: "slogan" is not a field here (there are: legal, id, name, address, logo, mailLogo, colours, bank, contacts, disputes, businessDisputes, lateFee, secondFactor, locale, timezone, country, links, countries)',
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

import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';
import { check, SOUND, VOICE } from './sound-folder.ts';

/** The one problem that replacing a piece of the sound catalog makes. */
function problemAfter(piece: string, replacement: string): string[] {
  expect(SOUND).toContain(piece);
  return check(SOUND.replace(piece, replacement));
}

describe('A sound catalog', () => {
  it('has no problems and is compiled', () => {
    expect(check(SOUND)).toEqual([]);
  });

  it('may be written in several files and without quotes', () => {
    // given
    const [head = '', plans = ''] = SOUND.replaceAll('"', '').split(/(?=plans:)/);
    const files = new Map([
      ['a.yaml', head],
      ['b/plans.yml', plans],
      ['voice.csv', VOICE],
    ]);
    // then
    expect(compileCatalog(files).problems.map(printProblem)).toEqual([]);
  });
});

describe('References', () => {
  it.each([
    ['from: [home]', 'from: [hom]', '15: unknown-reference: there is no zone "hom" (did you mean "home"?)'],
    ['to: [domestic]', 'to: [abroad]', '15: unknown-reference: there is no destination "abroad" (there are: domestic)'],
    ['table: voice,', 'table: calls,', '17: unknown-reference: there is no table "calls" (there are: voice)'],
    ['increments: 60/1', 'band: night', '17: unknown-reference: there is no band "night" (there are: peak)'],
    ['voice.csv }', 'calls.csv }', '19: missing-file: there is no file calls.csv (paths are relative to the folder)'],
    [
      '[DE, FR]',
      '[DE, XX]',
      '4: unknown-country: "XX" is not a country with a mobile network (ISO 3166-1 alpha-2: SE)',
    ],
  ])('instead of %s, %s is told', (piece, replacement, expected) => {
    expect(problemAfter(piece, replacement)).toEqual([`catalog.yaml:${expected}`]);
  });
});

describe('Values', () => {
  it.each([
    ['"10.00"', '015', '13: invalid-price: "015" is not a plain decimal number (like "12.50")'],
    ['"10.00"', '"1e2"', '13: invalid-price: "1e2" is not a plain decimal number (like "12.50")'],
    ['"10.00"', '"-1"', '13: invalid-price: "-1" is not a plain decimal number (like "12.50")'],
    ['"10.00"', '"123456789"', '13: invalid-price: "123456789" has more than 8 digits before the point'],
    [
      'EUR: "10.00"',
      'EUR: "10.00", ANG: "1"',
      '13: unknown-currency: "ANG" was withdrawn on 2025-03-31; its successor is XCG (like EUR)',
    ],
    [
      'EUR: "10.00"',
      'EUR: "10.00", EURO: "1"',
      '13: unknown-currency: "EURO" is not a currency that Stripe charges (like EUR)',
    ],
    ['100 min', '100 GB', '15: invalid-value: "GB" is not a unit here; use s, min, h'],
    ['100 min', 'unlimited min', '15: invalid-value: "unlimited min" is not a quantity like "100 min"'],
    [
      'per: 1 MB',
      'per: unlimited',
      '18: invalid-value: "unlimited" is not a quantity like "10 GB"; only the amount of an allowance can be unlimited',
    ],
    ['100 min', '0.01 s', '15: invalid-value: "0.01 s" is not a whole number of base units'],
    ['60/1', '60/0', '17: invalid-value: "60/0": increments are at least 1'],
    ['60/1', '60/1/1', '17: invalid-value: "60/1/1" is not an increment like 60/1'],
    ['per: 1 MB', 'per: 0', '18: invalid-value: must be at least 1'],
    ['"20:00"', '"25:00"', '9: invalid-value: "25:00" is not a time of day (like "08:00")'],
    ['"24001"', '"2400"', '2: invalid-value: "2400" is not an MCC+MNC (5 or 6 digits: "24001")'],
    ['"46"', '"+46"', '7: invalid-value: "+46" is not a prefix (digits without "+", or "exact:112")'],
    [
      '2026-11-01T00:00:00Z',
      '2026-11-01',
      '1: invalid-value: "2026-11-01" is not a date and time (RFC 3339: 2026-11-01T00:00:00Z)',
    ],
    [
      'id: basic',
      'id: basic\n    colour: red',
      '12: unknown-field: "colour" is not a field here (there are: id, name, fee, prorate, allowances, charges)',
    ],
    ['name: { en: Basic }', '', '11: missing-field: "name" is missing'],
    ['id: data,', 'id: voice,', '18: duplicate-id: "voice" appears twice'],
    ['id: data,', 'id: fee,', '18: reserved-name: "fee" is the plan\'s fee'],
    ['table: voice,', 'table: voice, step: 1,', '17: misplaced-value: step goes with price'],
    ['table: voice,', '', '17: invalid-value: charge "voice" must have either a table or a price'],
  ])('instead of %s, %s is told', (piece, replacement, expected) => {
    expect(problemAfter(piece, replacement)).toContain(`catalog.yaml:${expected}`);
  });

  it('are checked beside unknown fields, all at once', () => {
    const twice = SOUND.replace('id: basic', 'id: basic\n    colour: red').replace('from: [home]', 'from: [hom]');
    expect(check(twice).map(problem => problem.split(' ')[1])).toEqual(['unknown-field:', 'unknown-reference:']);
  });

  it('tells malformed YAML by its line', () => {
    expect(check(SOUND.replace('name: { en: Basic }', 'name: { en: Basic'))[0]).toMatch(
      /^catalog\.yaml:1\d: malformed-yaml: /,
    );
  });

  it('tells a section that appears twice', () => {
    const files = new Map([
      ['a.yaml', SOUND],
      ['b.yaml', 'bands: {}'],
      ['voice.csv', VOICE],
    ]);
    expect(compileCatalog(files).problems.map(printProblem)).toEqual([
      'b.yaml:1: duplicate-section: "bands" stands in a.yaml already',
    ]);
  });

  it('tells that there is nothing', () => {
    expect(compileCatalog(new Map()).problems.map(printProblem)).toEqual([
      'catalog.yaml:1: no-catalog: the folder has no YAML file with sections',
    ]);
  });
});

describe('Unit prices', () => {
  it('must be finite decimals per step', () => {
    // 5.00 × 1 000 / 3 000 = 1.666...
    expect(problemAfter('per: 1 MB, step: 1 KB', 'per: 3 KB, step: 1 KB')).toEqual([
      'catalog.yaml:18: price-not-finite: one step costs 5 × 1000 / 3000, which is not a finite decimal',
    ]);
  });

  it('must not be finer than 12 decimals of a minor unit', () => {
    // 500 cents / 10^12 × 1 B = 5 × 10^-10 cents: 10 decimals, fine; 1/1000 of that is too fine
    expect(problemAfter('per: 1 MB, step: 1 KB', 'per: 1000 GB, step: 1 B')).toEqual([]);
    expect(problemAfter('"5.00" }, per: 1 MB, step: 1 KB', '"0.005" }, per: 1000 GB, step: 1 B')).toEqual([
      'catalog.yaml:18: price-too-fine: one step costs an amount finer than 12 decimals of the minor unit',
    ]);
  });

  it('are needed in every currency of the plan', () => {
    expect(problemAfter('fee: { EUR: "10.00" }', 'fee: { EUR: "10.00", SEK: "99" }')).toEqual([
      'catalog.yaml:17: missing-price: the table of charge "voice" has no row in SEK, in which plan "basic" is sold',
      'catalog.yaml:18: missing-price: charge "data" has no price in SEK',
    ]);
  });

  it('have no more decimals than Stripe takes of the currency', () => {
    expect(problemAfter('"10.00"', '"10.00", ISK: "990.50"')).toContain(
      'catalog.yaml:13: price-too-fine: Stripe takes ISK with at most 0 decimals',
    );
  });
});

describe('Zones, destinations and bands', () => {
  it.each([
    ['[DE, FR]', '[DE, FR], networks: ["24001"]', '4: overlapping-zones: 24001 is in "home" already'],
    [
      'world: { rest: true }',
      'world: { countries: [DE], rest: true }',
      '5: overlapping-zones: DE is in zone "eu" already',
    ],
    [
      'eu: { countries: [DE, FR] }',
      'eu: { countries: [DE, FR], rest: true }',
      '5: overlapping-zones: zone "eu" is the rest already',
    ],
    [
      'world: { rest: true }',
      'world: { rest: true }\n  none: {}',
      '6: empty-zone: zone "none" has no countries, no networks and is not the rest',
    ],
    ['domestic: ["46"]', 'domestic: ["46", "46"]', '7: duplicate-prefix: 46 belongs to "domestic" already'],
    [
      'peak: {',
      'day: { from: "19:00", to: "21:00" }\n  peak: {',
      '10: overlapping-bands: "peak" overlaps "day" on mon 19:00',
    ],
    [
      'peak: {',
      'night: { days: [sun], from: "22:00", to: "09:00" }\n  peak: {',
      '10: overlapping-bands: "peak" overlaps "night" on mon 08:00 ("night" begins on sun 22:00 and lasts until mon 09:00)',
    ],
    [
      'peak: {',
      'late: { days: [fri], from: "20:00", to: "02:00" }\n  weekend: { days: [sat, sun] }\n  peak: {',
      '10: overlapping-bands: "weekend" overlaps "late" on sat 00:00 ("late" begins on fri 20:00 and lasts until sat 02:00)',
    ],
    [
      'peak: {',
      'day: { days: [mon], from: "00:00", to: "04:00" }\n  late: { days: [sun], from: "23:00", to: "01:00" }\n  peak: {',
      '10: overlapping-bands: "late" overlaps "day" on mon 00:00 ("late" begins on sun 23:00 and lasts until mon 01:00)',
    ],
    [
      'peak: {',
      'cheap: { days: [sat], holidays: { SE: included } }\n  sunday: { days: [sun], to: "06:00", holidays: { SE: included } }\n  peak: {',
      '10: overlapping-bands: "sunday" and "cheap" both include holidays at 00:00 (only one of them can be for that hour)',
    ],
    [
      'peak: {',
      'cheap: { days: [sat], holidays: { SE: included, "NO": excluded } }\n  peak: {',
      '9: invalid-value: a band cannot include some holidays and exclude others (make two bands, or say the same of all countries)',
    ],
    [
      'peak: {',
      'cheap: { days: [sat], holidays: { SE: also } }\n  peak: {',
      '9: invalid-value: "holidays": must be countries, like [SE], or { SE: included } for a band that also applies on holidays',
    ],
  ])('instead of %s, %s is told', (piece, replacement, expected) => {
    expect(problemAfter(piece, replacement)).toEqual([`catalog.yaml:${expected}`]);
  });

  it('tells a shared MCC whose countries are in two zones', () => {
    // MCC 340 serves Saint Barthélemy, French Guiana, Guadeloupe, Martinique and Saint Martin
    const [problem] = problemAfter(
      'world: { rest: true }',
      'a: { countries: [GP] }\n  b: { countries: [MQ] }\n  world: { rest: true }',
    );
    expect(problem).toContain(
      'overlapping-zones: network 340 serves BL, GF, GP, MF, MQ, which are in a and b (put them in one zone',
    );
  });
});

describe('Coverage', () => {
  it.each([
    [
      'table: voice,',
      'table: voice, from: [home, eu],',
      'catalog.yaml:16: uncovered-usage: plan "basic" has no charge for outgoing voice from world to domestic in band peak',
    ],
    [
      'table: voice,',
      'table: voice, to: [domestic],',
      'catalog.yaml:16: uncovered-usage: plan "basic" has no charge for outgoing voice from home to destinations that no name covers in band peak',
    ],
    [
      'table: voice,',
      'table: voice, band: peak,',
      'catalog.yaml:16: uncovered-usage: plan "basic" has no charge for outgoing voice from home to domestic outside every band',
    ],
    [
      'kind: voice, amount: 100 min, from: [home], to: [domestic]',
      'kind: sms, amount: 100',
      'catalog.yaml:16: uncovered-usage: plan "basic" has no charge for outgoing sms from home to domestic in band peak',
    ],
  ])('instead of %s, %s leaves usage without a charge', (piece, replacement, expected) => {
    const [problem, ...others] = problemAfter(piece, replacement);
    expect(problem?.replace(/ \(end .*/, '')).toBe(expected);
    expect(others).toEqual([]);
  });

  it('is given by charges that share the zones', () => {
    expect(
      problemAfter(
        'table: voice,',
        'table: voice, from: [home] }\n      - { id: v2, kind: voice, table: voice, from: [eu, world],',
      ),
    ).toEqual([]);
  });

  it('needs networks outside every zone covered when there is no rest', () => {
    const [problem] = check(
      SOUND.replace('  world: { rest: true }\n', '').replace('table: voice,', 'table: voice, from: [home, eu],'),
    );
    expect(problem).toContain('no charge for outgoing voice from networks outside every zone');
  });
});

describe('Problems of different kinds', () => {
  it('are told together', () => {
    // given a price, a band and a coverage gap
    const faulty = SOUND.replace('"10.00"', '"x"')
      .replace('"20:00"', '"8pm"')
      .replace('table: voice,', 'table: voice, from: [home],');
    // then
    expect(check(faulty).map(problem => problem.split(': ')[1])).toEqual([
      'invalid-value',
      'invalid-price',
      'uncovered-usage',
    ]);
  });
});

describe('Meters', () => {
  it('have event names of at most 100 characters', () => {
    const id = 'a'.repeat(64);
    const problems = problemAfter('id: data,', `id: ${id},`).concat(
      check(SOUND.replace('id: data,', `id: ${id},`).replace('id: basic', `id: b${id.slice(1)}`)),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^catalog\.yaml:18: event-name-too-long: .* has 149 characters \(at most 100/);
  });
});

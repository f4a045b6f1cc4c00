import { describe, expect, it } from 'vitest';
import { check, SOUND, VOICE } from './sound-folder.ts';

const HEADER = 'prefix,destination,band,after,currency,setup,price,per,increments';

describe('One mistake is told once', () => {
  it('a table with semicolons', () => {
    const table = `# made by a spreadsheet\n${VOICE.replaceAll(',', ';').replaceAll('.', ',')}`;
    expect(check(SOUND, table)).toEqual([
      'voice.csv:1: malformed-csv: the columns are separated by semicolons (separate them by commas and write decimals with a point: 0.15)',
    ]);
  });

  it('a table without a column that every row needs', () => {
    expect(check(SOUND, VOICE.replace('prefix', 'prefixes'))).toEqual([
      'voice.csv:1: unknown-field: unknown columns prefixes (there are: prefix, destination, band, after, currency, setup, price, per, increments)',
      'voice.csv:1: missing-field: the columns prefix are missing',
    ]);
  });

  it('a band that is not there, with the number of rows', () => {
    const rows = ['46', '47', '*'].map(prefix => `${prefix},,*,0,EUR,,1,1 min,\n${prefix},,avond,0,EUR,,2,1 min,`);
    expect(check(SOUND, [HEADER, ...rows].join('\n'))).toEqual([
      'voice.csv:3: unknown-reference: there is no band "avond", and 2 more rows like it (there are: *, peak)',
    ]);
  });

  it('a currency that is not there, without what follows from it', () => {
    const yaml = SOUND.replaceAll('EUR', 'eur');
    // Lines 13 (fee) and 18 (data).
    expect(check(yaml)).toEqual([
      'catalog.yaml:13: unknown-currency: "eur" is not a currency that Stripe charges, and 1 more line like it (like EUR)',
    ]);
  });

  it('a currency that a table forgets, at the first of its prefixes', () => {
    const rows = ['46', '47', '48', '*'].map(prefix => `${prefix},,*,0,EUR,,1,1 min,`);
    expect(check(SOUND, [HEADER, ...rows, '46,,*,0,SEK,,1,1 min,'].join('\n'))).toEqual([
      'voice.csv:3: missing-price: prefix 47 has no row in SEK, and 2 more rows like it (the table prices others in it)',
    ]);
  });

  it('a tab in YAML', () => {
    const [problem, ...others] = check(SOUND.replace('  eu: {', '\teu: {'));
    expect(problem).toMatch(/^catalog\.yaml:4: malformed-yaml: .*tabs.* \(indent with spaces\)$/i);
    expect(others).toEqual([]);
  });

  it('but the same mistake at two things is told of both', () => {
    const twice = SOUND.replace('id: voice,', 'id: voice, hue: 1,').replace('id: data,', 'id: data, hue: 1,');
    expect(check(twice).map(problem => problem.split(' ')[0])).toEqual(['catalog.yaml:17:', 'catalog.yaml:18:']);
  });
});

describe('Prefixes', () => {
  it.each([
    ['0046', '"0046" begins with 00, which no number has here (as in E.164: "46")'],
    [
      '070',
      '"070" begins with the 0 of national numbers (with the country code and without this 0, like "4670"; a short code as "exact:...")',
    ],
  ])('%s is none', (prefix, reason) => {
    expect(check(SOUND.replace('["46"]', `["${prefix}"]`))).toEqual([`catalog.yaml:7: invalid-value: ${reason}`]);
    const rows = [`${prefix},,*,0,EUR,,1,1 min,`, `${prefix}1,,*,0,EUR,,1,1 min,`, '*,,*,0,EUR,,1,1 min,'];
    expect(check(SOUND, [HEADER, ...rows].join('\n'))).toEqual([
      `voice.csv:2: invalid-value: ${reason.replace(' (', ', and 1 more row like it (')}`,
    ]);
  });
});

describe('Files that are not in UTF-8', () => {
  it('are told with the line, once', () => {
    // "België" in Latin-1, read as UTF-8
    const latin1 = Buffer.from(VOICE.replace('Sweden,peak', 'België,peak').replace('Elsewhere', 'Réunion'), 'latin1');
    expect(check(SOUND, latin1.toString('utf8'))).toEqual([
      'voice.csv:3: not-utf-8: the file is not in UTF-8 (save it as "CSV UTF-8" or "UTF-8")',
    ]);
  });

  it('are told when a spreadsheet wrote UTF-16', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(VOICE, 'utf16le')]);
    expect(check(SOUND, utf16.toString('utf8'))).toHaveLength(1);
  });
});

describe('An unknown field', () => {
  it.each([
    [
      'id: data,',
      'id: data, pirce: 1,',
      'id, name, kind, direction, from, to, band, match, section, increments, table, min, max, price, per, step, scope',
      'price',
    ],
    ['days: [mon, tue],', 'days: [mon, tue], holiday: [SE],', 'days, from, to, holidays', 'holidays'],
    ['name: { en: Basic }', 'name: { en: Basic, se: Grund }', 'en, nl, sv, fr', 'sv'],
  ])('instead of %s, %s is told with those that there are', (piece, replacement, fields, nearest) => {
    const others = fields.split(', ').filter(field => field !== nearest);
    const [problem = ''] = check(SOUND.replace(piece, replacement));
    expect(problem).toContain(': unknown-field: ');
    expect(problem.replace(/.*\(/, '(')).toBe(`(there are: ${[nearest, ...others].join(', ')})`);
  });
});

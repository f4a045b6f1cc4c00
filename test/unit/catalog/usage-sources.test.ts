import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { check, SOUND, VOICE } from './sound-folder.ts';

/** What the section becomes; the folder must be sound. */
function compiled(sources: string) {
  const files = new Map([
    ['catalog.yaml', `${SOUND}sources:\n${sources}`],
    ['voice.csv', VOICE],
  ]);
  const { catalog, problems } = compileCatalog(files);
  expect(problems).toEqual([]);
  return catalog?.sources ?? [];
}

/** The problems without the file; the section begins on line 20 of it. */
function problems(sources: string): string[] {
  return check(`${SOUND}sources:\n${sources}`).map(problem => problem.replace('catalog.yaml:', ''));
}

describe('A source of usage', () => {
  it('that only posts needs a name', () => {
    expect(compiled('  - { name: switch, expects: true }\n')).toEqual([{ name: 'switch', expects: true }]);
  });

  it('is a ready format, a zone and a country, which says how its numbers are dialled', () => {
    const switches = ['SE', 'US', 'IT', 'DK', 'RU'].map(
      country => `{ name: ${country}, format: cucm, country: ${country} }`,
    );

    expect(compiled(`  - { name: pbx, format: asterisk-csv, zone: Europe/Stockholm }\n`)).toEqual([
      { name: 'pbx', expects: false, format: 'asterisk-csv', zone: 'Europe/Stockholm' },
    ]);
    // Italians keep the 0 of their numbers, Danes have no trunk prefix.
    expect(compiled(switches.map(one => `  - ${one}\n`).join('')).map(({ numbers }) => numbers)).toEqual([
      { callingCode: '46', trunk: '0', international: ['00'], shortCodeLength: 6 },
      { callingCode: '1', trunk: '1', international: ['011'], shortCodeLength: 6 },
      { callingCode: '39', trunk: '', international: ['00'], shortCodeLength: 6 },
      { callingCode: '45', trunk: '', international: ['00'], shortCodeLength: 6 },
      { callingCode: '7', trunk: '8', international: ['810'], shortCodeLength: 6 },
    ]);
  });

  it('has sessions as its format writes them', () => {
    expect(compiled('  - { name: gw, format: radius-detail, zone: UTC }\n')).toMatchObject([
      { sessions: 'cumulative' },
    ]);
    expect(compiled('  - { name: gw, format: csv, sessions: cumulative }\n')).toMatchObject([
      { sessions: 'cumulative' },
    ]);
    expect(compiled('  - { name: gw, format: emnify }\n')[0]).not.toHaveProperty('sessions');
  });

  it('has a mapping in short words, which becomes plain data', () => {
    const [source] = compiled(`  - name: pbx
    format: csv
    zone: Europe/Moscow
    country: RU
    numbers: { trunk: "8", international: ["810", "00"], shortCodeLength: 4 }
    mapping:
      file: { delimiter: tab, quote: "", encoding: windows-1251, skip: 2, header: false, columns: [id, von, an, am, um, dauer, kb], nulls: ["NULL", "\\\\N"] }
      leaveOut:
        unanswered: { dauer: "0" }
        internal: [{ an: { begins: "1" }, von: { not: [x, y] } }, { an: { empty: true } }]
      rows: { of: id, keep: longest }
      id: { column: [id, von], join: "-" }
      line: [von, an]
      kind: { cases: [{ when: { kb: { above: 0 } }, value: data }], value: voice }
      direction: out
      peer: an
      startedAt: { column: [am, um], format: "DD.MM.YYYY HH:mm:ss", overlap: later }
      seconds: { column: dauer, unit: clock }
      bytes: { column: [kb], unit: KiB, round: up }
`);

    expect(source?.mapping).toEqual({
      file: {
        delimiter: '\t',
        quote: '',
        encoding: 'windows-1251',
        skip: 2,
        header: false,
        columns: ['id', 'von', 'an', 'am', 'um', 'dauer', 'kb'],
        nulls: ['NULL', '\\N'],
      },
      leaveOut: [
        { id: 'unanswered', when: [[{ column: 'dauer', is: ['0'] }]] },
        {
          id: 'internal',
          when: [
            [
              { column: 'an', begins: ['1'] },
              { column: 'von', isNot: ['x', 'y'] },
            ],
            [{ column: 'an', empty: true }],
          ],
        },
      ],
      rows: { of: ['id'], keep: 'longest', within: 1000 },
      fields: {
        id: [{ when: [], columns: ['id', 'von'], join: '-' }],
        line: [{ when: [], columns: ['von', 'an'], as: 'number' }],
        kind: [
          { when: [[{ column: 'kb', above: 0 }]], value: 'data', columns: [] },
          { when: [], value: 'voice', columns: [] },
        ],
        direction: [{ when: [], value: 'out', columns: [] }],
        peer: [{ when: [], columns: ['an'], as: 'number' }],
        startedAt: [{ when: [], columns: ['am', 'um'], format: 'DD.MM.YYYY HH:mm:ss', overlap: 'later' }],
        seconds: [{ when: [], add: [{ column: 'dauer' }], unit: 'clock' }],
        bytes: [{ when: [], add: [{ column: 'kb' }], unit: 'KiB', round: 'up' }],
      },
    });
    // As it is published: JSON, which the schema reads back.
    const files = new Map([
      ['catalog.yaml', `${SOUND}sources:\n  - { name: pbx, format: csv, mapping: { line: von } }\n`],
      ['voice.csv', VOICE],
    ]);
    const { catalog } = compileCatalog(files);
    expect(CatalogVersion.parse(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  });
});

describe('Catalog check tells of a source', () => {
  it.each([
    [
      '  - { name: pbx, format: asterix-csv, zone: UTC }',
      '21: unknown-format: "asterix-csv" is not a ready format (did you mean "asterisk-csv"?)',
    ],
    [
      '  - { name: pbx, format: asterisk-csv }',
      '21: zone-missing: the times of asterisk-csv files are local (YYYY-MM-DD HH:mm:ss), and the source names no zone ' +
        '(add zone: Europe/Stockholm, the zone of the clock that wrote them)',
    ],
    [
      '  - { name: pbx, format: freeswitch-csv }',
      '21: zone-missing: the times of freeswitch-csv files are local (auto), and the source names no zone ' +
        '(add zone: Europe/Stockholm, the zone of the clock that wrote them)',
    ],
    [
      '  - { name: pbx, format: asterisk-csv, zone: Stockholm }',
      '21: invalid-value: "Stockholm" is not an IANA time zone (like "Europe/Stockholm")',
    ],
    [
      '  - { name: pbx, format: cucm, country: XX }',
      '21: unknown-country: "XX" is not a country with a mobile network (ISO 3166-1 alpha-2: SE)',
    ],
    [
      '  - { name: pbx, numbers: { trunk: "0" } }',
      '21: contradiction: a trunk prefix is taken off national numbers, and the source names no country (add country: SE)',
    ],
    [
      '  - { name: pbx, format: csv, country: SE, numbers: { international: ["+"] } }',
      '21: invalid-value: "+" is not a prefix that is dialled (digits: ["00"]; a + is known)',
    ],
    [
      '  - { name: gw, format: radius-detail, zone: UTC, sessions: delta }',
      '21: contradiction: the counters of radius-detail are those of the session so far, and would be added (leave it out, or cumulative)',
    ],
    [
      '  - { name: pbx, format: csv, tadig: { SWEYY: "24001" } }',
      '21: contradiction: tadig names the senders of TAP files (add format: tap3)',
    ],
    [
      '  - { name: pbx, format: tap3, tadig: { swe: "240" } }',
      '21: invalid-value: "swe" is not a TADIG code (five capital letters or digits: SWEYY)',
      '21: invalid-value: "240" is not an MCC+MNC (5 or 6 digits: "20801")',
    ],
    [
      '  - name: pbx\n    format: kamailio-cdrs\n    mapping:\n      line: calller',
      '24: unknown-column: kamailio-cdrs has no column "calller" (did you mean "caller"?)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      file: { header: false }\n      line: caller',
      '25: unknown-column: csv has no column "caller" (without a header columns are numbers, or named by file.columns)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      lines: caller',
      '24: unknown-field: "lines" is not a field here (there are: line, file, leaveOut, ' +
        'rows, id, kind, direction, peer, startedAt, seconds, bytes, count, network, session, sequence, cost, voids)',
    ],
    [
      '  - name: pbx\n    format: radius-detail\n    zone: UTC\n    mapping:\n      file: { delimiter: ";" }',
      '25: contradiction: radius-detail files are not CSV, and have no delimiter',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      file: { encoding: latin-9x }',
      '24: invalid-value: "latin-9x" is not an encoding (like utf-8, iso-8859-1, windows-1252, utf-16le)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      file: { columns: [a, b, a] }',
      '24: contradiction: columns are named here where the file has no header (add header: false, or leave columns out)',
      '24: duplicate-column: column "a" appears twice',
    ],
    [
      '  - name: pbx\n    format: csv\n    zone: UTC\n    mapping:\n      startedAt: { column: am, format: "yyyy-MM-dd" }',
      '25: invalid-value: "yyyy-MM-dd" is not a format of a time: "y" means nothing in it ' +
        '(auto, epoch-s, epoch-ms, epoch-us, rfc-2822, or a pattern of YYYY YY MMM MM M DD D HH H hh h mm ss S A Z z W)',
    ],
    [
      '  - name: pbx\n    format: csv\n    zone: UTC\n    mapping:\n      startedAt: { column: am, format: "DD/MM/YYYY HH:MM" }',
      '25: invalid-value: "DD/MM/YYYY HH:MM" has the month twice (like "DD/MM/YYYY HH:mm:ss"; mm are minutes)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      seconds: { column: dauer, unit: KiB }',
      '24: contradiction: seconds cannot be in KiB (s, ms, us, min, h, or clock for mm:ss and h:mm:ss)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      bytes: { from: a, to: b }',
      '24: contradiction: from and to give seconds, not bytes (they belong to seconds:)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      seconds: { column: a, tolerance: 2 }',
      '24: contradiction: a tolerance needs from and to: it is what they may differ by (add from: and to:, the columns of the two times)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      kind: { cases: [{ value: voice }, { when: { a: b }, value: data }] }',
      '24: contradiction: case 1 always fits, so that those after it never count (give it a when:, or put it last)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      line: { column: a, value: b }',
      '24: contradiction: it has a value and a column (take one of them, or two cases)',
    ],
    [
      '  - name: pbx\n    format: csv\n    mapping:\n      id: { column: a, join: "-" }',
      '24: contradiction: one column is joined with nothing (column: [first, second])',
    ],
  ])('%s', (sources, ...expected) => {
    expect(problems(`${sources}\n`)).toEqual(expected);
  });
});

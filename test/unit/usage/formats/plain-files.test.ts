import { describe, expect, it } from 'vitest';
import { readUsageFile } from '#shared/usage/formats/read-file.ts';
import { aSource, inChunks, readAll, recordsIn, refusalsIn } from '#test/builders/usage-files.ts';

const HEADER = 'id,line,kind,direction,peer,startedAt,seconds,bytes';
const CALL = 'c1,+46701234567,voice,out,+46811111111,2026-11-05T12:00:00Z,61,';
const CALL_AS_RECORD = {
  id: 'c1',
  line: '+46701234567',
  kind: 'voice',
  direction: 'out',
  peer: '+46811111111',
  startedAt: '2026-11-05T12:00:00Z',
  seconds: 61,
};
const DATA = 'd1,imsi:240010000000001,data,,,2026-11-05T12:00:00Z,,5000';
const DATA_AS_RECORD = {
  id: 'd1',
  line: 'imsi:240010000000001',
  kind: 'data',
  startedAt: '2026-11-05T12:00:00Z',
  bytes: 5000,
};

describe('CSV with a header of the record’s names', () => {
  it.each([
    ['LF', `${HEADER}\n${CALL}\n${DATA}\n`],
    ['CRLF', `${HEADER}\r\n${CALL}\r\n${DATA}\r\n`],
    ['CR alone', `${HEADER}\r${CALL}\r${DATA}\r`],
    ['no last line end', `${HEADER}\n${CALL}\n${DATA}`],
    ['blank lines', `${HEADER}\n\n${CALL}\n   \n${DATA}\n\n`],
    ['a byte order mark', `\uFEFF${HEADER}\n${CALL}\n${DATA}\n`],
    ['semicolons', `${HEADER}\n${CALL}\n${DATA}\n`.replaceAll(',', ';')],
    ['tabs', `${HEADER}\n${CALL}\n${DATA}\n`.replaceAll(',', '\t')],
    ['quotes around everything', `${HEADER}\n${CALL}\n${DATA}\n`.replace(/[^,\n]+/g, '"$&"')],
  ])('is read with %s', async (_, file) => {
    expect(await recordsIn(file)).toEqual([CALL_AS_RECORD, DATA_AS_RECORD]);
  });

  it('is read in UTF-16, as spreadsheets save “Unicode text”', async () => {
    const file = Buffer.from(`\uFEFF${HEADER}\r\n${CALL}\r\n${DATA}\r\n`, 'utf16le');

    expect(await recordsIn(file)).toEqual([CALL_AS_RECORD, DATA_AS_RECORD]);
  });

  it('gives a record without an id one of the file and its row', async () => {
    const file = `line,kind,startedAt,bytes\nimsi:240010000000001,data,2026-11-05T12:00:00Z,1\n`;

    expect(await recordsIn(file)).toMatchObject([{ id: 'f1-2' }]);
  });

  it('refuses a column that no record has, instead of taking a mistyped one for nothing', async () => {
    expect(await refusalsIn(`${HEADER},byte\n${CALL},5\n`)).toEqual(['2 unknown-field byte']);
  });

  it('refuses a row alone', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['c2,+46701234567,voice,out,+46811111111,2026-11-05T12:00:00Z,1.5,', '3 not-an-integer seconds'],
      ['c2,+46701234567,voice,out,+46811111111,2026-11-05T12:00:00Z,-5,', '3 negative seconds'],
      ['c2,+46701234567,voice,out,+46811111111,2026-11-05T12:00:00Z,one,', '3 wrong-quantity seconds'],
      ['c2,+46701234567,voice,out,+46811111111,2026-02-30T12:00:00Z,1,', '3 wrong-time startedAt'],
      ['c2,+46701234567,voice,out,+46811111111,2026-11-05 12:00:00,1,', '3 zone-missing startedAt'],
    ];
    for (const [row, refusal] of cases) {
      const entries = await readAll(`${HEADER}\n${CALL}\n${row}\n${DATA}\n`);

      expect(await refusalsIn(`${HEADER}\n${CALL}\n${row}\n${DATA}\n`)).toEqual([refusal]);
      expect(entries.map(({ kind }) => kind)).toEqual(['record', 'refused', 'record']);
    }
  });

  it('refuses bytes of another encoding: two ids would become one', async () => {
    const file = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from('l\xe9', 'latin1'), Buffer.from(`${CALL}\n`)]);

    expect(await refusalsIn(file)).toEqual(['2 wrong-encoding']);
  });

  it('takes line ends inside quotes, and gives up on a quote that never ends', async () => {
    const inside = `${HEADER}\n"c\n2",${CALL.slice(3)}\n${DATA}\n`;
    expect(await recordsIn(inside)).toMatchObject([{ id: 'c\n2' }, DATA_AS_RECORD]);

    const open = `${HEADER}\n"c2,${CALL.slice(3)}\n${DATA}\n`;
    expect((await readAll(open)).map(({ kind, row }) => `${row} ${kind}`)).toEqual(['2 refused', '3 record']);
  });

  it('does not read a file without line ends into memory as one line', async () => {
    const file = `${HEADER}\n${'x'.repeat(3_000_000)}\n${CALL}\n`;

    expect(await refusalsIn(file)).toEqual(['2 too-long']);
    expect(await readAll(file)).toMatchObject([{}, { row: 3, offset: file.length - CALL.length - 1 }]);
  });
});

describe('NDJSON', () => {
  const LINES = [CALL_AS_RECORD, DATA_AS_RECORD].map(record => JSON.stringify(record)).join('\n');

  it('is what would be posted', async () => {
    expect(await recordsIn(`${LINES}\n`)).toEqual([CALL_AS_RECORD, DATA_AS_RECORD]);
  });

  it('gives a record without an id one of the file and its row', async () => {
    expect(await recordsIn('\n{"line":"line:a"}')).toEqual([{ id: 'f1-2', line: 'line:a' }]);
  });

  it('refuses a line alone that is not JSON, or not an object', async () => {
    expect(await refusalsIn(`{"id":\n${LINES}\n[1]\n7\n`)).toEqual(['1 not-json', '4 wrong-type', '5 wrong-type']);
  });

  it('reads local times and national numbers where the source says whose they are', async () => {
    const source = aSource({
      zone: 'Europe/Stockholm',
      numbers: { callingCode: '46', trunk: '0', international: ['00'], shortCodeLength: 5 },
    });
    const posted = { ...CALL_AS_RECORD, line: '0701234567', peer: '0046811111111', startedAt: '2026-11-05 13:00:00' };

    expect(await recordsIn(JSON.stringify(posted), source)).toEqual([CALL_AS_RECORD]);
    expect(await refusalsIn(JSON.stringify({ ...posted, byte: 5 }), source)).toEqual(['1 unknown-field byte']);
  });
});

describe('Reading goes on', () => {
  const rows = Array.from({ length: 20 }, (_, n) => `c${n},${CALL.slice(3)}`);
  const files: readonly (readonly [string, string])[] = [
    ['CSV', `${HEADER}\n${rows.join('\n')}\n`],
    ['CSV with CRLF and blank lines', `${HEADER}\r\n${rows.join('\r\n\r\n')}\r\n`],
    [
      'CSV with line ends in quotes',
      `${HEADER}\n${rows
        .map(row => row.replace('c', '"ü\n'))
        .join('\n')
        .replaceAll(/(?<=\n\d+),/g, '",')}`,
    ],
    ['NDJSON', rows.map((_, n) => `{"id":"n${n}","line":"line:ä"}`).join('\n')],
  ];

  it.each(files)('at every entry of %s, without losing or doubling one', async (_, file) => {
    const all = await readAll(file);
    expect(all).toHaveLength(20);

    for (let stop = 1; stop <= all.length; stop++) {
      const reading = readUsageFile(inChunks(file), aSource(), { fileId: 'f1' });
      const entries = reading[Symbol.asyncIterator]();
      for (let taken = 0; taken < stop; taken++) await entries.next();
      // Over the queue it goes as JSON.
      const from = JSON.parse(JSON.stringify(reading.checkpoint()));

      expect(await readAll(file, aSource(), { from })).toEqual(all.slice(stop));
    }
  });

  it('whatever the chunks are in which the bytes come', async () => {
    for (const [, file] of files) {
      const whole = await readAll(file);
      for (const chunk of [1, 2, 3, 7, 64]) expect(await readAll(file, aSource(), { chunk })).toEqual(whole);
    }
  });
});

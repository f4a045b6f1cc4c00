import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILE_FORMATS, type FileFormat } from '#shared/catalog/usage-source.ts';
import { csvCells } from '#shared/usage/formats/csv-cells.ts';
import { readUsageFile } from '#shared/usage/formats/read-file.ts';
import { aSource, inChunks, readAll } from '#test/builders/usage-files.ts';

/** Pieces of what each format looks like, so that damage reaches deeper than the first byte. */
const PIECES: Readonly<Record<FileFormat, string>> = {
  csv: 'id,line,kind,startedAt,bytes\nd1,+46701234567,data,2026-11-05T12:00:00Z,1\n"d""2",line:a,data,"2026",-1\n',
  ndjson: '{"id":"n1","line":"line:a","kind":"sms"}\n[{"a":[1,{}]},"x"]\n',
  'asterisk-csv':
    '"","0701","112","c","""A"" <1>","S","T","Dial","x","2026-10-25 02:30:00","2026-10-25 02:30:00","","9","9","ANSWERED","D","1.2"\n',
  'freeswitch-csv':
    '"a","0701234567","112","d","2020/2/10 22:41","2020/2/10 22:41","","25","20","X","u","","","P","P"\n',
  'freeswitch-json': '{"variables":{"uuid":"u","answer_epoch":"1657068603","billsec":"8%"},"s":nan}\n',
  'kamailio-acc': 'INVITE|a|b|c1|200|OK|1796085030|+46701234567|112\nBYE|a|b|c1|200|OK|1796085033|x|y\n',
  'kamailio-cdrs': '1796085030|1796085033|3.003|+46701234567|+46811111101|c1\n',
  'radius-detail':
    'Sun Oct 25 02:45:01 2026\n\tAcct-Status-Type = Stop\n\tAcct-Input-Octets = 5\n\tUser-Name = "a\\"b\\101"\n\n',
  kannel: '2026-12-01 01:46:54 Sent SMS [SMSC:F] [from:1] [to:46701234567] [flags:-1:2:-1] [msg:8:00E5] [udh:0:]\n',
  'twilio-csv':
    'sid,from,to,status,start_time,duration,direction\nCA1,+1,+2,completed,"Fri, 18 Oct 2019 17:02:00 +0000",5,inbound\n',
  emnify: '[{"id":1,"traffic_type":{"id":5},"volume":{"total":0.5},"sim":{"msisdn":"46701234567"}},{"id":2}]',
  '1nce': '[{"id":1,"traffic_type":{"id":6},"volume":{"total":1,"tx":1},"start_timestamp":"2021-08-09T12:59:05Z"}]',
  cucm: 'cdrRecordType,pkid,dateTimeConnect,duration\nINTEGER,X,INTEGER,INTEGER\n1,"p",1796085030,61\n',
  // A batch of two groups and an event, as bytes.
  tap3: Buffer.from(
    '6129640c5f8144054652415858426d01306308690640029f00011f6f0b5f831f0130' + '5f2b010100',
    'hex',
  ).toString('latin1'),
};

/** Cuts, doubles, swaps and overwrites, at seeded places. */
const damage = fc.array(
  fc.record({
    kind: fc.constantFrom('cut', 'double', 'byte', 'quote', 'zero', 'line', 'end'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
  }),
  { maxLength: 6 },
);

function damaged(text: string, changes: readonly { kind: string; at: number; byte: number }[]): Buffer {
  let bytes = Buffer.from(text, 'latin1');
  for (const { kind, at, byte } of changes) {
    const place = Math.floor(at * bytes.length);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    const inserted = { byte: [byte], quote: [0x22], zero: [0, 0], line: [0x0a], double: [...bytes] }[kind] ?? [];
    bytes = Buffer.concat(
      kind === 'end' ? [before] : [before, Buffer.from(inserted), kind === 'cut' ? after.subarray(3) : after],
    );
  }
  return bytes.subarray(0, 20_000);
}

describe('Whatever stands in a file', () => {
  it.each(FILE_FORMATS)('a damaged file of %s is read to its end, place by place', async format => {
    const source = aSource({ format, zone: 'Europe/Stockholm' });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: 5 }), async (changes, times) => {
        const file = damaged(PIECES[format].repeat(times), changes);
        const entries = await readAll(file, source, { chunk: 97 });

        for (const entry of entries) {
          expect(entry.row).toBeGreaterThan(0);
          if (entry.kind === 'record') expect(entry.record.id).toBeTruthy();
          if (entry.kind === 'refused') expect(entry.errors.length).toBeGreaterThan(0);
        }
        // Cut into other chunks it is the same file.
        expect(await readAll(file, source)).toEqual(entries);
      }),
      { numRuns: 60, seed: 20_261_201 },
    );
  });

  it.each(FILE_FORMATS)('reading of a damaged file of %s goes on behind any entry', async format => {
    const source = aSource({ format, zone: 'Europe/Stockholm' });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat({ max: 5 }), async (changes, stop) => {
        const file = damaged(PIECES[format].repeat(4), changes);
        const all = await readAll(file, source);
        const reading = readUsageFile(inChunks(file), source, { fileId: 'f1' });
        const entries = reading[Symbol.asyncIterator]();
        const taken = Math.min(stop + 1, all.length);
        for (let count = 0; count < taken; count++) await entries.next();

        expect(await readAll(file, source, { from: reading.checkpoint() })).toEqual(all.slice(taken));
      }),
      { numRuns: 30, seed: 20_261_201 },
    );
  });
});

describe('Cells of CSV', () => {
  it('are those that csv-parse reads', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', ',', '"', '+', '4') });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), fc.array(fc.boolean()), (cells, quotes) => {
        const written = cells.map((text, index) =>
          quotes[index] === true || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
        );
        const row = written.join(',');
        // csv-parse knows no row that is empty.
        fc.pre(row !== '');
        const [expected] = parse(row, { relax_column_count: true });

        for (const quoting of ['strict', 'lenient'] as const) {
          expect(csvCells(row, { delimiter: ',', quote: '"', quoting })).toEqual(expected);
        }
      }),
      { seed: 20_261_201 },
    );
  });

  it('may have quotes where they mean nothing, unless the source is strict', () => {
    const rules = { delimiter: ',', quote: '"' };

    expect(csvCells('1,""Name" <1115>",2', { ...rules, quoting: 'lenient' })).toEqual(['1', '"Name" <1115>', '2']);
    expect(csvCells('1,""Name" <1115>",2', { ...rules, quoting: 'strict' })).toBe('malformed');
    expect(csvCells('1,5" disk,2', { ...rules, quoting: 'lenient' })).toEqual(['1', '5" disk', '2']);
    expect(csvCells('1,"open,2', { ...rules, quoting: 'lenient' })).toBe('open');
    expect(csvCells('1|"a|2', { delimiter: '|', quote: '', quoting: 'lenient' })).toEqual(['1', '"a', '2']);
  });
});

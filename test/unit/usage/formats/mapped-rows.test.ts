import { describe, expect, it } from 'vitest';
import type { QuantityCase, SourceMapping, TimeCase } from '#shared/catalog/usage-source.ts';
import { aSource, readAll, recordsIn, refusalsIn } from '#test/builders/usage-files.ts';

const time = (fields: Partial<TimeCase>): SourceMapping => ({
  fields: { startedAt: [{ when: [], columns: ['at'], format: 'auto', ...fields }] },
});
const seconds = (fields: Partial<QuantityCase>): SourceMapping => ({
  fields: {
    kind: [{ when: [], value: 'voice', columns: [] }],
    seconds: [{ when: [], add: [{ column: 'n' }], ...fields }],
  },
});
const stockholm = (mapping: SourceMapping) => aSource({ format: 'csv', zone: 'Europe/Stockholm', mapping });

describe('A time of a row', () => {
  it.each<[string, Partial<TimeCase>, string]>([
    ['2026-07-26 01:51:50', {}, '2026-07-25T23:51:50Z'],
    ['2026-07-26T01:51:50.250+0200', {}, '2026-07-25T23:51:50.250Z'],
    ['2026-07-26 01:51:50 UTC', {}, '2026-07-26T01:51:50Z'],
    ['1/9/2026 8:05:00', { format: 'D/M/YYYY H:mm:ss' }, '2026-09-01T06:05:00Z'],
    ['1/9/2026 8:05:00', { format: 'M/D/YYYY H:mm:ss' }, '2026-01-09T07:05:00Z'],
    ['01/09/26 08:05', { format: 'DD/MM/YY HH:mm' }, '2026-09-01T06:05:00Z'],
    ['09/01/2026 12:05 AM', { format: 'MM/DD/YYYY hh:mm A' }, '2026-08-31T22:05:00Z'],
    ['1796085030', { format: 'epoch-s' }, '2026-12-01T00:30:30Z'],
    ['1796085030250', { format: 'epoch-ms' }, '2026-12-01T00:30:30.250Z'],
    ['1796085030250000', { format: 'epoch-us' }, '2026-12-01T00:30:30.250Z'],
    ['"Fri, 18 Oct 2019 17:02:00 +0000"', { format: 'rfc-2822' }, '2019-10-18T17:02:00Z'],
    ['2026-07-26 01:51:50', { zone: 'America/New_York' }, '2026-07-26T05:51:50Z'],
    // 02:30 comes twice on 25 October: at 00:30 and at 01:30 UTC.
    ['2026-10-25 02:30:00', {}, '2026-10-25T00:30:00Z'],
    ['2026-10-25 02:30:00', { overlap: 'later' }, '2026-10-25T01:30:00Z'],
    ['2026-10-25 02:30:00 CET', {}, '2026-10-25T01:30:00Z'],
    ['2026-10-25 02:30:00 CEST', { overlap: 'later' }, '2026-10-25T00:30:00Z'],
    // CST is the winter of Chicago, and all the year of Shanghai.
    ['2026-11-01 01:30:00 CST', { zone: 'America/Chicago' }, '2026-11-01T07:30:00Z'],
    ['2026-11-01 01:30:00 CST', { zone: 'Asia/Shanghai' }, '2026-10-31T17:30:00Z'],
  ])('%s by %j', async (text, fields, startedAt) => {
    expect(await recordsIn(`at\n${text}\n`, stockholm(time(fields)))).toMatchObject([{ startedAt }]);
  });

  it.each<[string, Partial<TimeCase>, string]>([
    ['2026-03-29 02:30:00', {}, 'no-such-time'],
    ['2026-10-25 02:30:00', { overlap: 'refuse' }, 'ambiguous-time'],
    ['13/13/2026 08:05', { format: 'DD/MM/YYYY HH:mm' }, 'wrong-time'],
    ['29/02/2026 08:05', { format: 'DD/MM/YYYY HH:mm' }, 'wrong-time'],
    ['1796085030250', { format: 'epoch-s' }, 'wrong-time'],
    ['2026-07-26 24:00:00', {}, 'wrong-time'],
  ])('%s by %j is refused', async (text, fields, code) => {
    expect(await refusalsIn(`at\n${text}\n`, stockholm(time(fields)))).toEqual([`2 ${code} startedAt`]);
  });
});

describe('A quantity of a row', () => {
  it.each<[string, Partial<QuantityCase>, number]>([
    ['061', {}, 61],
    ['3.003', { round: 'up' }, 4],
    ['3.003', { round: 'down' }, 3],
    ['2.5', { round: 'half' }, 3],
    ['61000', { unit: 'ms' }, 61],
    ['1.5', { unit: 'min' }, 90],
    ['01:02', { unit: 'clock' }, 62],
    ['1:01:02', { unit: 'clock' }, 3662],
  ])('%s by %j', async (text, fields, expected) => {
    expect(await recordsIn(`n\n${text}\n`, stockholm(seconds(fields)))).toMatchObject([{ seconds: expected }]);
  });

  it.each<[string, Partial<QuantityCase>, string]>([
    ['3.003', {}, 'not-an-integer'],
    ['-1', {}, 'negative'],
    ['1,5', {}, 'wrong-quantity'],
    ['1:75', { unit: 'clock' }, 'wrong-quantity'],
  ])('%s by %j is refused', async (text, fields, code) => {
    expect(await refusalsIn(`n\n"${text}"\n`, stockholm(seconds(fields)))).toEqual([`2 ${code} seconds`]);
  });

  it('is what lies between two times, and must agree with the column where there is one', async () => {
    const moment = (column: string): TimeCase => ({ when: [], columns: [column], format: 'auto' });
    const between = { from: [moment('a')], to: [moment('b')] };
    const row = (end: string, n: string) => `a,b,n\n2026-07-26 01:51:50,2026-07-26 ${end},${n}\n`;

    expect(await recordsIn(row('01:52:04', ''), stockholm(seconds({ add: [], between })))).toMatchObject([
      { seconds: 14 },
    ]);
    expect(await recordsIn(row('01:52:04', '13'), stockholm(seconds({ between })))).toMatchObject([{ seconds: 13 }]);
    expect(await refusalsIn(row('01:52:04', '60'), stockholm(seconds({ between })))).toEqual([
      '2 quantities-disagree seconds',
    ]);
    expect(await recordsIn(row('01:51:49', ''), stockholm(seconds({ add: [], between })))).toMatchObject([
      { seconds: 0 },
    ]);
    expect(await refusalsIn(row('01:51:00', ''), stockholm(seconds({ add: [], between })))).toEqual([
      '2 ends-before-start seconds',
    ]);
  });
});

describe('Several rows of one call', () => {
  const FILE = 'call,n\nx,5\ny,1\nx,9\nx,2\n';
  const grouped = (keep: 'first' | 'last' | 'longest' | 'sum', within = 1_000) =>
    stockholm({ ...seconds({}), rows: { of: ['call'], keep, within } });

  it.each([
    ['first', 5],
    ['last', 2],
    ['longest', 9],
    ['sum', 16],
  ] as const)('are one record: %s', async (keep, expected) => {
    const entries = await readAll(FILE, grouped(keep));

    expect(entries.flatMap(entry => (entry.kind === 'record' ? [entry.record.seconds] : [])).toSorted()).toEqual(
      [expected, 1].toSorted(),
    );
    expect(entries.filter(({ kind }) => kind === 'left-out')).toHaveLength(2);
  });

  it('are complete so many rows after the last one', async () => {
    const entries = await readAll('call,n\nx,5\ny,1\nz,1\nx,9\n', grouped('sum', 1));

    expect(entries.map(entry => (entry.kind === 'record' ? entry.record.seconds : entry.kind))).toEqual([5, 1, 1, 9]);
  });
});

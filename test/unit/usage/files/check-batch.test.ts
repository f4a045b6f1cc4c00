import { expect, test } from 'vitest';
import { checkBatch } from '#shared/usage/files/count-batch.ts';
import { batchesOf } from '#shared/usage/files/file-batches.ts';
import { addCounts, NOTHING_COUNTED } from '#shared/usage/files/file-counts.ts';
import { isOfNoFormat, notThisFormat } from '#shared/usage/files/not-this-format.ts';
import { plainSource, readUsageFile } from '#shared/usage/formats/read-file.ts';

const HEADER = 'id,line,kind,peer,startedAt,seconds\n';
const ROWS = ['a', 'b', 'c', 'd', 'e'].map(id => `${id},+46701234567,voice,112,2026-11-02T08:00:00Z,60\n`);
const SOURCE = { name: 'switch-1', code: '1', batchSecret: 's' };
const ACCEPTED_AT = Date.UTC(2026, 10, 3);

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

function reading(text: string, from = { offset: 0, row: 0, skip: 0 }) {
  return readUsageFile(once(text.slice(from.offset)), plainSource('switch-1'), { fileId: 'f', from });
}

function checked(entries: Parameters<typeof checkBatch>[0]['entries']) {
  const from = { offset: 10, row: 1, skip: 1 };
  return checkBatch({ file: 'f', source: SOURCE, acceptedAt: ACCEPTED_AT, from, entries }, () => 0);
}

test('a file is cut into batches that begin again where they ended', async () => {
  const text = HEADER + ROWS.join('');
  const all = await Array.fromAsync(batchesOf(reading(text), 2));
  const [first] = all;
  const rest = await Array.fromAsync(batchesOf(reading(text, first?.next), 2));

  const idsOf = (batches: typeof all) =>
    batches.map(({ entries }) => entries.map(entry => (entry.kind === 'record' ? entry.record.id : entry.kind)));
  expect(idsOf(all)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(idsOf(rest)).toEqual([['c', 'd'], ['e']]);
  expect(all.map(({ isLast }) => isLast)).toEqual([false, false, true]);
});

test('a batch counts what is accepted, left out and refused, and names rows', () => {
  const record = { id: 'a', line: '+46701234567', kind: 'sms', peer: '112', startedAt: '2026-11-02T08:00:00Z' };
  const { message, refusals, counts } = checked([
    { kind: 'record', row: 2, offset: 10, record },
    { kind: 'record', row: 3, offset: 20, record: { ...record, id: 'late', startedAt: '2026-11-03T00:05:01Z' } },
    { kind: 'refused', row: 4, offset: 30, errors: [{ path: '', code: 'not-json', message: 'The line is not JSON.' }] },
    { kind: 'left-out', row: 5, offset: 40, rule: 'not-answered' },
  ]);

  expect(message).toMatchObject({ batch: 'file~f~a.1', source: 'switch-1', accepted: 1 });
  expect(counts).toMatchObject({ records: 4, accepted: 1, refused: 2, leftOut: { 'not-answered': 1 } });
  expect(refusals).toMatchObject([
    { row: 3, id: 'late', errors: [{ path: 'startedAt', code: 'in-future' }] },
    { row: 4, id: null, errors: [{ code: 'not-json' }] },
  ]);
});

test('counts of ranges add up, and the first hundred refusals stay', () => {
  const refusals = Array.from({ length: 60 }, (_, row) => ({ row, id: null, errors: [] }));
  const one = { ...NOTHING_COUNTED, records: 60, refused: 60, refusals, leftOut: { a: 1 }, newest: 900_000 };
  const sum = addCounts(one, { ...one, leftOut: { a: 2, b: 1 }, newest: 0 });

  expect(sum).toMatchObject({ records: 120, refused: 120, leftOut: { a: 3, b: 1 }, newest: 900_000 });
  expect(sum.refusals).toHaveLength(100);
});

test('a file of which not one row has the form of its format is another file', () => {
  const notJson = { row: 1, errors: [{ path: '', code: 'not-json', message: 'The line is not JSON.' }] };
  const badNumber = { row: 2, errors: [{ path: 'seconds', code: 'too-small', message: 'must be at least 0' }] };

  expect(isOfNoFormat([notJson, notJson])).toBe(true);
  expect(isOfNoFormat([notJson, badNumber])).toBe(false);
  expect(isOfNoFormat([])).toBe(false);
  expect(notThisFormat([notJson]).detail).toBe(
    'Not one row is of the format of its source. Row 1: The line is not JSON.',
  );
});

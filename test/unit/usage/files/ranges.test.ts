import { expect, test } from 'vitest';
import { startsOf } from '#shared/usage/files/look-through.ts';
import { surveyFile } from '#shared/usage/files/survey.ts';
import type { Checkpoint } from '#shared/usage/formats/file-entry.ts';
import { plainSource, readUsageFile } from '#shared/usage/formats/read-file.ts';

const SOURCE = plainSource('switch-1');
const HEADER = 'line;kind;peer;startedAt;seconds\n';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function entriesOf(bytes: Buffer, from: Checkpoint, end: number) {
  return Array.fromAsync(readUsageFile(once(bytes.subarray(from.offset, end)), SOURCE, { fileId: 'f', from }));
}

const csvRow = (n: number) => `+46701234567;voice;112;2026-11-02T08:00:${String(n).padStart(2, '0')}Z;${n}\n`;
const jsonRow = (n: number) => `${JSON.stringify({ line: '+46701234567', kind: 'parking', count: n })}\n`;
const rows = (row: (n: number) => string) => Array.from({ length: 40 }, (_, n) => row(n)).join('');

test.each([
  ['CSV', HEADER + rows(csvRow)],
  ['CSV with a mark at its beginning', `\uFEFF${HEADER}${rows(csvRow)}`],
  ['CSV with lines of Windows', (HEADER + rows(csvRow)).replaceAll('\n', '\r\n')],
  ['NDJSON', rows(jsonRow)],
])('%s that is read in ranges has the rows, places and ids of the whole', async (_, text) => {
  const bytes = Buffer.from(text);
  const survey = await surveyFile(once(bytes), 300);
  const starts = await startsOf(survey, SOURCE);
  const inRanges: unknown[] = [];
  for (const [index, from] of starts.entries()) {
    inRanges.push(...(await entriesOf(bytes, from, starts[index + 1]?.offset ?? bytes.length)));
  }

  expect(starts.length).toBeGreaterThan(3);
  expect(inRanges).toEqual(await entriesOf(bytes, { offset: 0, row: 0, skip: 0 }, bytes.length));
  expect(inRanges).toHaveLength(40);
});

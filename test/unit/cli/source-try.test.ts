import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryFile } from '#infra/cli/source-try.ts';
import { aSource } from '#test/builders/usage-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-try-'));
});
afterAll(() => rm(folder, { recursive: true }));

const NOW = Date.UTC(2026, 11, 1, 1);
const FILE = [
  '1796085030|1796085033|3.003000|+46701234567|+46811111101|c-1',
  '1796085037|1796085037|0.000000|+46701234567|+46811111102|c-2',
  '1796085040|1796085050|9.703000|anna|+46811111103|c-3',
  '1796085040|1796085050|9.703000|+46701234567|+46811111103|c-1',
].join('\n');

test('a trial tells what a file would become, and why not', async () => {
  const plain = join(folder, 'calls.txt');
  await writeFile(plain, FILE);

  expect((await tryFile(plain, aSource({ format: 'kamailio-cdrs' }), { show: 1, now: NOW })).split('\n')).toEqual([
    '2 records, 1 refused, 1 left out.',
    '  {"id":"c-1","line":"+46701234567","kind":"voice","peer":"+46811111101","startedAt":"2026-12-01T00:30:30Z","seconds":3}',
    // 3.003 and 9.703 to the nearest second: 3 + 10.
    '  voice: 2 records, 13 seconds',
    "  from 2026-12-01T00:30:30Z to 2026-12-01T00:30:40Z (UTC): is that the source's zone?",
    '  ids that appear twice: 1; the first of each counts',
    'refused, line wrong-number: 1',
    '  row 3: "anna" is not a phone number that these rules can read',
    'left out by unanswered: 1',
  ]);
});

test('a trial reads gzip, and refuses what the API would refuse', async () => {
  const packed = join(folder, 'calls.gz');
  await writeFile(
    packed,
    gzipSync('{"id":"a","line":"+46701234567","kind":"data","startedAt":"2026-12-02T00:00:00Z","bytes":1}\n'),
  );

  expect(await tryFile(packed, aSource(), { show: 1, now: NOW })).toContain('refused, startedAt in-future: 1');
  await expect(tryFile(join(folder, 'none'), aSource(), { show: 1, now: NOW })).rejects.toThrow('cannot be read');
});

import { checkBatch } from '#shared/usage/files/count-batch.ts';
import { batchesOf } from '#shared/usage/files/file-batches.ts';
import { surveyFile } from '#shared/usage/files/survey.ts';
import { plainSource, readUsageFile } from '#shared/usage/formats/read-file.ts';
import { planPages } from '#shared/usage/intake/plan-pages.ts';

// Bundled and run in a process of its own by `files.ts`, so that it has a memory of its own. As `usage-files` reads CSV:
// one look through all of it, then rows to plans of pages. The first argument is the size in MB. Nothing is kept.

const SOURCE = { name: 'switch-1', code: '1', batchSecret: 's' };
const ACCEPTED_AT = Date.UTC(2026, 10, 30);
const HEADER = 'id,line,kind,direction,peer,startedAt,seconds,network\n';
const ROWS_PER_CHUNK = 2_500;

const bytes = Number(process.argv[2]) * 1_000_000;

/** Rows of 90 bytes, on 100 000 lines over a month. */
async function* rows(): AsyncGenerator<Uint8Array> {
  let made = HEADER.length;
  yield Buffer.from(HEADER);
  for (let n = 0; made < bytes; n += ROWS_PER_CHUNK) {
    const chunk = Buffer.from(Array.from({ length: ROWS_PER_CHUNK }, (_, i) => rowOf(n + i)).join(''));
    made += chunk.length;
    yield chunk;
  }
}

function rowOf(n: number): string {
  const at = new Date(Date.UTC(2026, 10, 1) + ((n * 7_919) % 2_500_000) * 1_000).toISOString().slice(0, 19);
  return `call-${n},+4670${1_000_000 + (n % 100_000)},voice,out,+4673${1_000_000 + (n % 977)},${at}Z,${n % 900},24001\n`;
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** What making the rows takes, which is not the product's. */
async function madeIn(): Promise<number> {
  const began = cpu();
  for await (const chunk of rows()) if (chunk.length === 0) throw new Error('A chunk is empty.');
  return cpu() - began;
}

const making = await madeIn();
const surveyBegan = cpu();
const survey = await surveyFile(rows());
const surveying = cpu() - surveyBegan - making;

const began = cpu();
let records = 0;
let pages = 0;
const reading = readUsageFile(rows(), plainSource('switch-1'), { fileId: survey.digest.slice(0, 16) });
for await (const { entries, next } of batchesOf(reading)) {
  const batch = { file: 'f', source: SOURCE, acceptedAt: ACCEPTED_AT, from: next, entries };
  const { message, counts } = checkBatch(batch, () => 0);
  if (counts.refused > 0) throw new Error('A row of the benchmark is refused.');
  if (message !== undefined) pages += planPages([{ id: message.batch, message, archive: 'a' }]).length;
  records += counts.accepted;
}
const seconds = cpu() - began - making;
if (pages === 0) throw new Error('No page is planned.');

console.log(
  JSON.stringify({
    recordsPerSecond: records / seconds,
    surveyMegabytesPerSecond: survey.size / 1_000_000 / surveying,
    megabytes: process.resourceUsage().maxRSS / 1_000,
  }),
);

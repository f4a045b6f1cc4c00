import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchBills } from './bills.ts';
import { benchColdImport } from './cold-import.ts';
import { benchCost } from './cost.ts';
import { sectionsOf } from './document-sections.ts';
import { benchDunning } from './dunning.ts';
import { type Chapter, missedClearly } from './figure.ts';
import { benchFiles } from './files.ts';
import { benchGrowth } from './growth.ts';
import { benchIntake } from './intake.ts';
import { benchMails } from './mails.ts';
import { documentChapter, printChapter } from './print-chapters.ts';
import { benchRating } from './rating.ts';
import { benchStripeCalls } from './stripe-calls.ts';
import { benchWebhook } from './webhook.ts';

// npm run bench                prints every figure beside its goal, and writes reports/bench.json
// npm run bench -- --write     and brings the figures into shared/docs/benchmarks.md
// npm run bench -- --only=mails   one chapter: intake, files, rating, bills, mails, import,
//                              webhook, usage, dunning or growth
// npm run bench:short          small samples; fails when a count or a ratio misses its goal clearly

const isShort = process.argv.includes('--short');
const isWritten = process.argv.includes('--write');
const only = process.argv.find(given => given.startsWith('--only='))?.slice('--only='.length);
const SUBSCRIBERS = isShort ? 3 : 6;
const ROUNDS = isShort ? 5 : 15;

const began = performance.now();
const chapters: Chapter[] = [];

function isWanted(name: string): boolean {
  return only === undefined || only === name;
}

function show(chapter: Chapter): void {
  chapters.push(chapter);
  console.log(printChapter(chapter));
}

if (isWanted('intake')) show({ title: 'Intake, one core', figures: benchIntake(), notes: [] });
if (isWanted('files')) show(await benchFiles(isShort ? 100 : 500));
if (isWanted('rating')) show({ title: 'Rating, one core', figures: benchRating(), notes: [] });
if (isWanted('bills')) show({ title: 'Bills, CPU time', figures: await benchBills(), notes: [] });
if (isWanted('mails')) show(await benchMails());
if (isWanted('import')) show(await benchColdImport(ROUNDS));
if (isWanted('webhook')) show(await benchWebhook(isShort ? 20 : 100));
if (isWanted('usage')) {
  const { chapter, month } = await benchCost({ posts: isShort ? 2 : 10, subscribers: SUBSCRIBERS, heavy: !isShort });
  show(chapter);
  show(await benchStripeCalls(month, SUBSCRIBERS));
}
if (isWanted('dunning')) show(await benchDunning(isShort ? 5 : 10));
if (isWanted('growth') && (!isShort || only !== undefined)) show(await benchGrowth());

const seconds = Math.round((performance.now() - began) / 1_000);
const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
console.log(`${seconds} s on ${machine}`);

const root = new URL('../..', import.meta.url).pathname;
if (!isShort && only === undefined) {
  mkdirSync(`${root}reports`, { recursive: true });
  writeFileSync(`${root}reports/bench.json`, `${JSON.stringify({ machine, seconds, chapters }, undefined, 2)}\n`);
}
if (isWritten && only === undefined) {
  const head = [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, ${seconds} s.`,
    '',
  ];
  const document = `${root}shared/docs/benchmarks.md`;
  // Those of `npm run bench:versus` stay as they are.
  const beside = sectionsOf(readFileSync(document, 'utf8'), 'Beside ');
  writeFileSync(document, [...head, ...chapters.map(documentChapter), ...beside].join('\n'));
}

const missed = chapters.flatMap(({ figures }) => figures).filter(missedClearly);
if (isShort && missed.length > 0) {
  console.error(`Missed clearly: ${missed.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

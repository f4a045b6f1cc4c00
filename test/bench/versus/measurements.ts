import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printedFigures } from './printed-figures.ts';
import { type Watched, watchNode } from './watched-command.ts';

/** Figures of one run by their names; the same names whatever the tree. */
export type Measured = ReadonlyMap<string, number>;

/** Takes its figures in a working tree, through what every tree has: commands and what they print. */
export type Measure = (folder: string) => Promise<Measured>;

const MB = 1_024 * 1_024;
/** Both are told the same two months and end at the same moment. */
const CLOCK = '2026-11-20T12:00:00Z';
const BY_CPU_TIME = ['--import', pathToFileURL(resolve(import.meta.dirname, 'cpu-clock.ts')).href];
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts'];

export const START = {
  wall: '`npm start` until ready with the sample',
  cpu: 'CPU of the whole sample, all processes',
  memory: 'memory of `npm start` after the sample, all processes',
  peak: 'memory of `npm start` at its peak, all processes',
} as const;

export async function measureStart(folder: string): Promise<Measured> {
  const port = await freePort();
  const args = ['infra/local/start.ts', '--port', String(port), '--clock', CLOCK];
  const run = await watchNode(args, { folder, until: /Ctrl-C stops everything/ });
  return new Map([
    [START.wall, run.wallSeconds],
    [START.cpu, run.cpuSeconds],
    [START.memory, run.residentBytes / MB],
    [START.peak, run.peakBytes / MB],
  ]);
}

export const FAULTS = { wall: 'a fault point', cpu: 'CPU of a fault point' } as const;

/**
 * Fault points of these test files: a share of them, or those whose names hold this. What comes before the first point (cloud, undisturbed
 * run) is measured by a run that has no point and taken off.
 */
export function measureFaults(wanted: string, files: string): Measure {
  return async folder => {
    const run = (points: string) =>
      watchNode([...VITEST, files, '--maxWorkers=1'], { folder, env: { FAULTS: points, RUN: 'faults' } });
    const nothing = await run('a point that does not exist');
    const some = await run(wanted);
    const points = pointsOf(some);
    if (points === 0) throw new Error(`There is no fault point "${wanted}" in ${files}.`);
    return new Map([
      [FAULTS.wall, (some.wallSeconds - nothing.wallSeconds) / points],
      [FAULTS.cpu, (some.cpuSeconds - nothing.cpuSeconds) / points],
    ]);
  };
}

function pointsOf({ output }: Watched): number {
  return [...output.matchAll(/(\d+) points in/g)].reduce((sum, [, count]) => sum + Number(count), 0);
}

export const TESTS = { wall: '`npm test`', cpu: 'CPU of `npm test`' } as const;

export async function measureTests(folder: string): Promise<Measured> {
  const run = await watchNode(VITEST, { folder });
  return new Map([
    [TESTS.wall, run.wallSeconds],
    [TESTS.cpu, run.cpuSeconds],
  ]);
}

export const SCATTERED = '100 records a month and subscriber, 1 a page write';
export const GATHERED = '100 records a month and subscriber, 5 a page write';
const HEAVY_SCATTERED = '2 000 records a day and line, 1 a page write';
const HEAVY_GATHERED = '2 000 records a day and line, 20 a page write';
const EVENTS = "Stripe's events of 10 000 subscribers in a month";
const MAILS = 'mails of 10 000 subscribers in a month';
export const PRICE = {
  scattered: SCATTERED,
  gathered: GATHERED,
  heavyScattered: HEAVY_SCATTERED,
  heavyGathered: HEAVY_GATHERED,
  events: EVENTS,
  mails: MAILS,
  month: "the whole month of 10 000 subscribers with Stripe's events and mails",
} as const;

export async function measurePrice(folder: string): Promise<Measured> {
  const printed = await benchChapter(folder, 'usage');
  const month = [SCATTERED, EVENTS, MAILS].map(what => figureOf(printed, what));
  return new Map([
    ...[SCATTERED, GATHERED, HEAVY_SCATTERED, HEAVY_GATHERED, EVENTS, MAILS].map(
      what => [what, figureOf(printed, what)] as const,
    ),
    [PRICE.month, month.reduce((sum, price) => sum + price)],
  ]);
}

export const RATING = {
  pages: 'rating from page items, months of 1 000 calls',
  minute: 'rating, months of 1 000 calls of 60 s',
  long: 'rating, months of 1 000 calls of 600 s',
  large: 'rating, a month of 200 000 calls of 60 s',
} as const;

export async function measureRating(folder: string): Promise<Measured> {
  const printed = await benchChapter(folder, 'rating', ...BY_CPU_TIME);
  return new Map(Object.values(RATING).map(what => [what, figureOf(printed, what)]));
}

export const INTAKE = 'intake beside JSON.parse of the same bytes';

export async function measureIntake(folder: string): Promise<Measured> {
  return new Map([[INTAKE, figureOf(await benchChapter(folder, 'intake', ...BY_CPU_TIME), INTAKE)]]);
}

/**
 * A tree's own benchmark: each counts what its own product does.
 * @param before what Node loads before it
 */
async function benchChapter(
  folder: string,
  chapter: string,
  ...before: string[]
): Promise<ReadonlyMap<string, number>> {
  const { output } = await watchNode([...before, 'test/bench/run.ts', `--only=${chapter}`], { folder });
  return printedFigures(output);
}

function figureOf(printed: ReadonlyMap<string, number>, what: string): number {
  const value = printed.get(what);
  if (value === undefined) throw new Error(`The benchmark printed no figure "${what}".`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

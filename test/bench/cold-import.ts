import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleFunctions, type FunctionBundle } from '#infra/build/bundle.ts';
import { type Chapter, type Figure, rounded } from './figure.ts';

/** What somebody waits for: a platform that posts, Stripe. */
const HASTY = ['usage-api', 'usage-intake', 'stripe-webhook'];
const GOAL = { atMost: 0.5 };

/**
 * What a cold start imports: each function's bundle in a new process, in turn with one bundle that has all functions in
 * it, built the same way. CPU time, and the least of `rounds`: other work on the machine can only add to it.
 */
export async function benchColdImport(rounds: number): Promise<Chapter> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-import-'));
  try {
    const bundles = await bundleFunctions({ outDir: join(folder, 'dist') });
    const allInOne = await bundleAllInOne(folder, [...bundles.keys()]);
    const each = [...bundles.values()];
    const times = await importTimes([allInOne, ...each], rounds);
    const timeOf = (bundle: FunctionBundle) => Math.min(...(times.get(bundle.name) ?? []));
    const figures = each.map(
      (bundle): Figure => ({
        what: `cold import of ${bundle.name}, of all functions in one`,
        value: timeOf(bundle) / timeOf(allInOne),
        unit: 'times',
        ...(HASTY.includes(bundle.name) && { goal: GOAL }),
      }),
    );
    const kilobytes = ({ bytes }: FunctionBundle) => `${Math.round(bytes / 1_024)} KB`;
    const details = [allInOne, ...each].map(
      bundle => `${bundle.name} ${rounded(timeOf(bundle))} ms, ${kilobytes(bundle)}`,
    );
    return {
      title: 'Cold import',
      figures,
      notes: [`CPU time, the least of ${rounds} new processes each, in turn: ${details.join('; ')}.`],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundleAllInOne(folder: string, names: readonly string[]): Promise<FunctionBundle> {
  const functionsDir = join(folder, 'functions');
  mkdirSync(join(functionsDir, 'all-in-one'), { recursive: true });
  const functions = new URL('../../functions', import.meta.url).pathname;
  const lines = names.map((name, n) => `export { handler as handler${n} } from '${functions}/${name}/handler.ts';\n`);
  writeFileSync(join(functionsDir, 'all-in-one', 'handler.ts'), lines.join(''));
  const [bundle] = (await bundleFunctions({ functionsDir, outDir: join(folder, 'all') })).values();
  if (bundle === undefined) throw new Error('There is no bundle.');
  return bundle;
}

/** One after the other in each round, so that other work on the machine falls on all. Milliseconds of CPU. */
async function importTimes(bundles: readonly FunctionBundle[], rounds: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(bundles.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, directory } of bundles) times.get(name)?.push(await importTime(join(directory, 'index.mjs')));
  }
  return times;
}

async function importTime(file: string): Promise<number> {
  const program = [
    'const before = process.cpuUsage();',
    `await import(${JSON.stringify(file)});`,
    'const { user, system } = process.cpuUsage(before);',
    'console.log((user + system) / 1000);',
    'process.exit(0);',
  ].join('\n');
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { AWS_REGION: 'eu-north-1', POWERTOOLS_DEV: 'false' },
  });
  return Number(stdout);
}

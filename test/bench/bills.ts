import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import * as z from 'zod';
import { type Figure, rounded } from './figure.ts';

const run = promisify(execFile);
const PROJECT = resolve(import.meta.dirname, '../..');

const Probe = z.object({ milliseconds: z.number(), megabytes: z.number().default(0) });

/**
 * A bill as page and on paper, in CPU time, warm; 10 000 records in a fresh process, whose whole memory counts. Bundled
 * as the function is, because components are no plain TypeScript.
 */
export async function benchBills(): Promise<Figure[]> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'dunlin-bills-')), 'probe.mjs');
  await build({
    absWorkingDir: PROJECT,
    entryPoints: [join(PROJECT, 'test/bench/bill-probe.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // The builders compile a catalog by a package that needs `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
  const probe = async (what: string) => {
    const { stdout } = await run(process.execPath, [outfile, what, PROJECT]);
    return Probe.parse(JSON.parse(stdout));
  };
  const page = await probe('page');
  const paper = await probe('paper');
  const annex = await probe('annex');
  return [
    figure('a bill as page', page.milliseconds, 'ms', 5),
    figure('a bill of one page on paper, warm', paper.milliseconds, 'ms', 50),
    figure('10 000 records on paper, tagged', annex.milliseconds / 1_000, 's', 2),
    figure('10 000 records on paper, memory', annex.megabytes, 'MB', 420),
  ];
}

function figure(what: string, value: number, unit: string, atMost: number): Figure {
  return { what, value: rounded(value), unit, goal: { atMost } };
}

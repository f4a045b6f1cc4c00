import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { pdfFiles } from '#infra/build/pdf-files.ts';

const run = promisify(execFile);
const PROJECT = resolve(import.meta.dirname, '../..');

/** Runs the probe with these arguments in a new process, and answers the JSON that it printed. */
export type RunProbe = (...given: readonly string[]) => Promise<unknown>;

/**
 * Bundles a probe as the functions are, because components are no plain TypeScript. Beside the given arguments it gets
 * the project's folder as its last one.
 * @param file in this folder
 */
export async function bundledProbe(file: string): Promise<RunProbe> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'dunlin-probe-')), 'probe.mjs');
  await build({
    absWorkingDir: PROJECT,
    entryPoints: [join(PROJECT, 'test/bench', file)],
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
  for (const [path, bytes] of pdfFiles()) {
    const target = join(dirname(outfile), path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return async (...given) => JSON.parse((await run(process.execPath, [outfile, ...given, PROJECT])).stdout);
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROJECT = resolve(import.meta.dirname, '../../..');
const CACHE = join(PROJECT, '.dunlin/runtime');
/** Whatever a worker thread runs of this project, besides its function. */
const INPUTS = ['infra/local/runtime', 'infra/local/clock', 'shared/platform', 'package-lock.json'];

let ofThisProcess: Promise<URL> | undefined;

/**
 * What a worker thread runs, as one file of plain JavaScript. From the sources each thread would load a compiler of its
 * own first: 25 MB and a tenth of a second. Made when the sources changed, found again by their digest otherwise.
 */
export function workerProgram(): Promise<URL> {
  ofThisProcess ??= findOrMake();
  return ofThisProcess;
}

async function findOrMake(): Promise<URL> {
  const file = join(CACHE, `${digestOf(INPUTS)}.mjs`);
  if (!existsSync(file)) {
    const { build } = await import('esbuild');
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'worker-thread.ts')],
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: 'node24',
    });
    mkdirSync(CACHE, { recursive: true });
    // Several processes may make it at once: each puts a whole file there.
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, outputFiles[0]?.contents ?? '');
    renameSync(unfinished, file);
  }
  return pathToFileURL(file);
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.map(one => join(PROJECT, one))) {
    const files = path.endsWith('.json')
      ? [path]
      : readdirSync(path)
          .sort()
          .map(name => join(path, name));
    for (const file of files.filter(name => /\.(ts|json)$/.test(name)))
      hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 20);
}

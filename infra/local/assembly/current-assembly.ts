import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PROJECT = resolve(import.meta.dirname, '../../..');
const CACHE = join(PROJECT, '.dunlin/assemblies');
/** Whatever can change a bundle or a template. */
const INPUTS = [
  'package-lock.json',
  'functions',
  'shared',
  'infra/app.ts',
  'infra/build',
  'infra/config',
  'infra/constructs',
  'infra/stacks',
];
const KEPT = 4;
/** A cloud may run on an old one and start further workers from it. */
const IN_USE_AT_MOST_MS = 3 * 60 * 60 * 1_000;

let ofThisProcess: Promise<{ directory: string; isNew: boolean }> | undefined;

/** The same for every cloud of this process, also when somebody edits the code meanwhile. */
export function currentAssembly(): Promise<{ directory: string; isNew: boolean }> {
  ofThisProcess ??= findOrMake();
  return ofThisProcess;
}

/**
 * The folder with the synthesized stacks of this very code. Made when it is not there yet (about 3 s), found again by
 * the digest of its inputs otherwise. Of several processes that want it at once, one makes it and the others wait.
 */
async function findOrMake(): Promise<{ directory: string; isNew: boolean }> {
  const directory = join(CACHE, digestOf(INPUTS.map(input => join(PROJECT, input))));
  if (existsSync(directory)) return { directory, isNew: false };
  const lock = `${directory}.making`;
  mkdirSync(CACHE, { recursive: true });
  while (!taken(lock)) {
    await sleep(100);
    if (existsSync(directory)) return { directory, isNew: false };
  }
  try {
    // Somebody may have finished between the last look and the lock.
    if (existsSync(directory)) return { directory, isNew: false };
    const unfinished = join(lock, 'assembly');
    await synthesize(unfinished);
    renameSync(unfinished, directory);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
  removeOld();
  return { directory, isNew: true };
}

/** Whether this process may make it now; the lock of a process that is gone does not count. */
function taken(lock: string): boolean {
  const owner = join(lock, 'pid');
  try {
    mkdirSync(lock);
    writeFileSync(owner, String(process.pid));
    return true;
  } catch {
    if (existsSync(owner) && !isAlive(Number(readFileSync(owner, 'utf8'))))
      rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function synthesize(outDir: string): Promise<void> {
  const program = join(import.meta.dirname, 'synthesize-once.ts');
  try {
    await promisify(execFile)(process.execPath, [program, outDir], { cwd: PROJECT, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`The CDK app could not be synthesized:\n${said.trim()}`);
  }
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).sort()) add(join(path, entry));
    } else {
      hash.update(`${path}\0`).update(readFileSync(path));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex').slice(0, 20);
}

function removeOld(): void {
  const kept = readdirSync(CACHE)
    .filter(name => !name.endsWith('.making'))
    .map(name => ({ path: join(CACHE, name), at: statSync(join(CACHE, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  const old = Date.now() - IN_USE_AT_MOST_MS;
  for (const { path, at } of kept.slice(KEPT)) if (at < old) rmSync(path, { recursive: true, force: true });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { listensAt } from './listens-at.ts';

/** A running part of the local cloud. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** Base URL without a path. */
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const PACKAGE = '@dynoxide/linux-x64';
const READY_WITHIN_MS = 10_000;
/** Between the look for a free port and the start another process may take it. */
const ATTEMPTS = 5;

interface Options {
  readonly file?: string;
  readonly onExit?: (code: number | null) => void;
}

/** Starts dynoxide on a free port; `file` keeps its state over restarts. Fails with a sentence that says what to do. */
export async function startDynamoDb(options: Options = {}): Promise<Part> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === ATTEMPTS) throw error;
    }
  }
}

class PortTaken extends Error {}

async function startOnce({ file, onExit }: Options): Promise<Part> {
  const { binary, version } = locate();
  const port = await freePort();
  const args = ['--port', String(port), ...(file === undefined ? [] : ['--db-path', file])];
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const complaint = collect(child);
  let isAwaited = true;
  // Also when this process ends by an error: nothing may stay behind.
  const killed = () => child.kill();
  process.once('exit', killed);
  child.once('exit', code => {
    process.off('exit', killed);
    if (!isAwaited) onExit?.(code);
  });
  await isListening(child, port, complaint);
  isAwaited = false;
  return {
    name: 'dynamodb',
    version: `dynoxide ${version}`,
    address: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        isAwaited = true;
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill();
      }),
  };
}

function locate(): { binary: string; version: string } {
  const require = createRequire(import.meta.url);
  try {
    const manifest = require.resolve(`${PACKAGE}/package.json`);
    const { version } = require(manifest) as { version: string };
    const binary = ['dynoxide', 'bin/dynoxide'].map(name => join(dirname(manifest), name)).find(existsSync);
    if (binary !== undefined) return { binary, version };
  } catch {
    // told below
  }
  throw new Error(
    `The embedded DynamoDB (${PACKAGE}) is not installed for ${process.platform}-${process.arch}. ` +
      'Use Linux x64 (WSL2 and devcontainers work), or set DYNAMODB_ENDPOINT to a DynamoDB of your own.',
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', chunk => {
    text = (text + String(chunk)).slice(-2_000);
  });
  return () => text.trim();
}

/** Waits until this very child listens. */
async function isListening(child: ChildProcess, port: number, complaint: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.pid === undefined) {
      if (/in use/i.test(complaint())) throw new PortTaken(complaint());
      throw new Error(`The embedded DynamoDB stopped at once: ${complaint()}`);
    }
    if (listensAt(child.pid, port)) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  child.kill();
  throw new Error(`The embedded DynamoDB did not answer within ${READY_WITHIN_MS / 1000} s: ${complaint()}`);
}

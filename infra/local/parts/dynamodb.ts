import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';

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

/** Starts dynoxide on a free port; `file` keeps its state over restarts. Fails with a sentence that says what to do. */
export async function startDynamoDb(
  options: { file?: string; onExit?: (code: number | null) => void } = {},
): Promise<Part> {
  const { binary, version } = locate();
  const port = await freePort();
  const args = ['--port', String(port), ...(options.file === undefined ? [] : ['--db-path', options.file])];
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const complaint = collect(child);
  let stopping = false;
  // Also when this process ends by an error: nothing may stay behind.
  const killed = () => child.kill();
  process.once('exit', killed);
  child.once('exit', code => {
    if (!stopping) options.onExit?.(code);
  });
  const address = `http://127.0.0.1:${port}`;
  await answers(address, child, complaint);
  return {
    name: 'dynamodb',
    version: `dynoxide ${version}`,
    address,
    stop: () =>
      new Promise(resolve => {
        stopping = true;
        process.off('exit', killed);
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

export function freePort(): Promise<number> {
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

async function answers(address: string, child: ChildProcess, complaint: () => string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The embedded DynamoDB stopped at once: ${complaint()}`);
    try {
      await fetch(address, { signal: AbortSignal.timeout(500) });
      return;
    } catch {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }
  child.kill();
  throw new Error(`The embedded DynamoDB did not answer within ${READY_WITHIN_MS / 1000} s: ${complaint()}`);
}

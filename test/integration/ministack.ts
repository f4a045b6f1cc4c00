import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const BIN = new URL('../../node_modules/.bin', import.meta.url).pathname;

export interface MiniStack {
  readonly endpoint: string;
  /** For programs that shall take it for AWS. */
  readonly env: NodeJS.ProcessEnv;
  /** What it said, for when something fails. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts MiniStack on a free port and bootstraps it for the CDK. */
export async function startMiniStack(program: string): Promise<MiniStack> {
  const port = await freePort();
  // An IP address: SDKs then put bucket names into paths. Functions run as processes of the first `node` in PATH.
  const endpoint = `http://127.0.0.1:${port}`;
  const path = `${dirname(process.execPath)}:${BIN}:${process.env.PATH}`;
  const child = spawn(program, [], {
    // With its own group, so that the functions' processes end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: path,
      HOME: process.env.HOME,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      PERSIST_STATE: '0',
      LAMBDA_EXECUTOR: 'local',
    },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const log = () => said.join('');
  const stop = () => end(child);
  const env = {
    PATH: path,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  try {
    await answers(`${endpoint}/_ministack/ready`, child, log);
    await cdk(env, 'bootstrap', '-c', 'stage=dev', `aws://${ACCOUNT}/${REGION}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, env, log, stop };
}

/** Runs the CDK's own command line. @throws with what it said */
export async function cdk(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<void> {
  await runIn(env, `${BIN}/cdk`, [...args, '--no-notices']);
}

/** Returns what the program printed. @throws with what it said */
export async function runIn(env: NodeJS.ProcessEnv, program: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, [...args], { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    const said =
      error instanceof Error && 'stdout' in error && 'stderr' in error ? `${error.stdout}${error.stderr}` : '';
    throw new Error(`${program} ${args.join(' ')} failed:\n${said.slice(-4_000)}`, { cause: error });
  }
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 120 && child.exitCode === null; attempt += 1) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(250);
  }
  throw new Error(`MiniStack does not answer:\n${log().slice(-2_000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  process.kill(-child.pid, 'SIGTERM');
  const isOver = await Promise.race([ended.then(() => true), sleep(10_000).then(() => false)]);
  if (!isOver) process.kill(-child.pid, 'SIGKILL');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  await new Promise(resolve => server.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('There is no free port.');
  return bound.port;
}

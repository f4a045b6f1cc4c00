import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Instant, parseInstant } from '#shared/platform/instant.ts';
import { withOptionsOfNpm } from './options-of-npm.ts';
import { type Sandbox, sandboxIn } from './stripe-sandbox/sandbox.ts';

export interface StartArguments {
  /** Folder of the catalog to publish. Default: the sample's. */
  readonly catalog?: string;
  readonly clock?: Instant;
  readonly port: number;
  readonly data?: string;
  /** The operator's own endpoint, in place of the one that the local cloud plays. */
  readonly operator?: string;
  readonly isEmpty: boolean;
  readonly isVerbose: boolean;
  /** From the environment: Stripe's sandbox in place of the twin. It runs in real time, so there is no sample. */
  readonly sandbox: Sandbox | undefined;
}

/** What was typed cannot be understood; the message says what and how. */
export class UsageError extends Error {}

export const USAGE = `npm start -- [options]
  --catalog DIR     check and publish this catalog (default: infra/catalog)
  --clock RFC3339   time stands still at this moment and moves by POST /_local/clock (default: time runs)
  --port N          port of the API (default: 8787)
  --data DIR        keep state there over restarts
  --empty           without sample accounts (the catalog is published all the same)
  --operator URL    texts, pushes, letters and service commands go to this endpoint, as the stage's would get them
  --verbose         print what the functions log
  --help            this text
With STRIPE_SECRET_KEY=sk_test_... in the environment, Stripe's sandbox takes the place of the twin: real time, no sample.`;

/** `undefined`: help was asked for. Throws `UsageError`. */
export function parseStartArguments(args: readonly string[], env: NodeJS.ProcessEnv = {}): StartArguments | undefined {
  const { catalog, clock, port, data, operator, empty, verbose, help } = read(args, env);
  if (help === true) return undefined;
  if (catalog !== undefined && !isFolder(catalog)) throw new UsageError(`--catalog: there is no folder ${catalog}.`);
  if (data !== undefined && existsSync(data) && !isFolder(data))
    throw new UsageError(`--data: ${data} is not a folder.`);
  const sandbox = readSandbox(env);
  if (sandbox !== undefined && clock !== undefined) {
    throw new UsageError("--clock: with STRIPE_SECRET_KEY time is the real one, as at Stripe's sandbox.");
  }
  return {
    sandbox,
    port: port === undefined ? 8787 : portOf(port),
    isEmpty: (empty ?? false) || sandbox !== undefined,
    isVerbose: verbose ?? false,
    ...(catalog !== undefined && { catalog }),
    ...(clock !== undefined && { clock: instantOf(clock) }),
    ...(data !== undefined && { data }),
    ...(operator !== undefined && { operator: endpointOf(operator) }),
  };
}

const OPTIONS = {
  catalog: { type: 'string' },
  clock: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  operator: { type: 'string' },
  empty: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function read(args: readonly string[], env: NodeJS.ProcessEnv) {
  const meant = withOptionsOfNpm(args, env, OPTIONS);
  if (meant === undefined) {
    throw new UsageError('npm took the options for its own. Put -- before them: npm start -- --port 8961 --empty');
  }
  try {
    return parseArgs({ args: [...meant], allowPositionals: false, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readSandbox(env: NodeJS.ProcessEnv): Sandbox | undefined {
  try {
    return sandboxIn(env);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port: "${text}" is not a port; give a number from 0 (any free one) to 65535.`);
}

function endpointOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`--operator: "${text}" is not an address, such as http://127.0.0.1:9000/dunlin.`);
}

function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new UsageError(`--clock: "${text}" is not an RFC 3339 time with offset, such as 2026-11-01T00:00:00Z.`);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

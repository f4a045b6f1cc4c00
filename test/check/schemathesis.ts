import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// Calls every operation of the running local API with what the API document allows and with what it does not: no 5xx,
// and no status, content type or body that the document does not name. Needs Python 3.10 or later and PyPI; where one of
// them is missing it says so and passes.

const SCHEMATHESIS = 'schemathesis==4.32.5';
const PYTHONS = ['python3.13', 'python3.12', 'python3.11', 'python3.10'];
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];
const LONGEST_MS = 4 * 60_000;
const READY_WITHIN_MS = 3 * 60_000;
const KEY = 'dk_local_admin';

/** Paths lead to what `prepare` made, but for those that are made up to be wrong. */
const CONFIG = [
  '[parameters]',
  '"path.account" = "acc-1"',
  '"path.line" = "line-1"',
  '"path.batch" = "batch-1"',
  '"path.source" = "local"',
  '"path.id" = "call-1"',
];

const folder = mkdtempSync(join(tmpdir(), 'dunlin-schemathesis-'));
try {
  const program = install();
  if (program === undefined) console.log('SKIPPED: Schemathesis needs Python 3.10 or later and PyPI.');
  else process.exitCode = await againstLocalCloud(address => run(program, address));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The program, installed for this run; `undefined` where that is not possible. */
function install(): string | undefined {
  const python = PYTHONS.find(name => spawnSync(name, ['--version']).status === 0);
  if (python === undefined) return undefined;
  const venv = join(folder, 'venv');
  const made = spawnSync(python, ['-m', 'venv', venv]).status === 0;
  const pip = [join(venv, 'bin/pip'), ['install', '--quiet', SCHEMATHESIS]] as const;
  return made && spawnSync(...pip, { timeout: LONGEST_MS }).status === 0 ? join(venv, 'bin/schemathesis') : undefined;
}

async function againstLocalCloud(check: (address: string) => number): Promise<number> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const options = ['infra/local/start.ts', '--empty', '--clock', '2026-11-01T00:00:00Z', '--port', String(port)];
  const cloud = spawn(process.execPath, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise(resolve => cloud.once('exit', resolve));
  try {
    await ready(address);
    await prepare(address);
    return check(address);
  } finally {
    cloud.kill('SIGINT');
    await ended;
  }
}

async function ready(address: string): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 500) {
    const answer = await fetch(`${address}/_local`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(500);
  }
  throw new Error('The local cloud is not ready.');
}

/** An account with a line and usage, so that calls find something. */
async function prepare(address: string): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const send = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(address + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };
  const line = '+46701234567';
  await send('PUT', '/v1/accounts/acc-1', { name: 'Kim Example', email: 'kim@example.com', currency: 'SEK' });
  await send('PUT', '/v1/accounts/acc-1/lines/line-1', { msisdn: line, plan: 'mobile-10' });
  const call = { kind: 'voice', peer: '+46709999999', startedAt: '2026-11-01T00:00:00Z', seconds: 65 };
  const unknown = { ...call, id: 'call-2', line: '+46700000009' };
  await send('POST', '/v1/usage?batch=batch-1', [{ ...call, id: 'call-1', line }, unknown]);
  await send('POST', '/_local/settle', {});
}

function run(program: string, address: string): number {
  writeFileSync(join(folder, 'schemathesis.toml'), `${CONFIG.join('\n')}\n`);
  const options = [
    ...['--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing', '--max-examples', '15', '--seed', '1'],
    ...['--request-timeout', '30', '--continue-on-failure', '--workers', '2'],
    ...['--suppress-health-check', 'filter_too_much'],
  ];
  const { status } = spawnSync(
    program,
    [
      '--config-file',
      'schemathesis.toml',
      'run',
      `${address}/v1/openapi.json`,
      '-H',
      `Authorization: Bearer ${KEY}`,
      ...options,
    ],
    { cwd: folder, stdio: 'inherit', timeout: LONGEST_MS + READY_WITHIN_MS },
  );
  return status ?? 1;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  await new Promise(resolve => server.close(resolve));
  if (place === null || typeof place === 'string') throw new Error('There is no free port.');
  return place.port;
}

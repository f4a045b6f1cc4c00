import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { startLocalCloud } from '#infra/local/local-cloud.ts';
import { smallAssembly } from './small-assembly.ts';

function npmStart(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['infra/local/start.ts', ...args]);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)));
    child.once('exit', code => resolve({ code, said }));
  });
}

/** Process id of the child of this test's own process that runs the given program. */
function childOfOurs(program: string): number {
  const children = readdirSync('/proc/self/task').flatMap(thread =>
    readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );
  const found = children.find(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program));
  if (found === undefined) throw new Error(`No ${program} among the children of this process.`);
  return Number(found);
}

describe('npm start', () => {
  test.each([
    [['--clock', 'tomorrow'], '--clock: "tomorrow" is not an RFC 3339 time with offset'],
    [['--port', '99999'], '--port: "99999" is not a port'],
    [['--catalog', 'nowhere'], '--catalog: there is no folder nowhere'],
    [['--data', 'package.json'], '--data: package.json is not a folder'],
    [['--colour'], "Unknown option '--colour'"],
    [['extra'], 'Unexpected argument'],
  ])('%j is refused with the reason and the usage', async (args, reason) => {
    const { code, said } = await npmStart(...args);

    expect(code).toBe(2);
    expect(said).toContain(reason);
    expect(said).toContain('npm start -- [options]');
  });

  test('a port in use is said at once', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, said } = await npmStart('--port', port, '--empty');
    server.close();

    expect(code).toBe(1);
    expect(said).toContain(`Port ${port} is in use.`);
  });
});

describe('npm start --empty', () => {
  test('is ready at its first answer, with the catalog published and the key made, until Ctrl-C', async () => {
    const child = spawn(process.execPath, ['infra/local/start.ts', '--empty', '--port', '0']);
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
    const api = await addressIn(child.stdout);

    const overview = await fetch(`${api}/_local`);
    const unknown = await fetch(`${api}/v1/accounts/nobody`, { headers: { authorization: 'Bearer dk_local_admin' } });
    const locked = await fetch(`${api}/v1/accounts/nobody`);
    child.kill('SIGINT');

    expect([overview.status, unknown.status, locked.status]).toEqual([200, 404, 401]);
    expect(await ended).toBe(0);
    await expect(fetch(`${api}/_local`)).rejects.toThrow();
  });
});

/** The base URL of the API, from what the start prints. */
function addressIn(output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', chunk => {
      text += String(chunk);
      const [, address] = /API +(http:\S+)\n/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    output.once('end', () => reject(new Error(`It ended without an address:\n${text}`)));
  });
}

describe('a part that dies', () => {
  test('is reported by name', async () => {
    vi.stubEnv('DUNLIN_TABLES', 'dynoxide');
    const cloud = await startLocalCloud({ assembly: smallAssembly() });
    vi.unstubAllEnvs();
    process.kill(childOfOurs('dynoxide'), 'SIGKILL');

    expect((await cloud.failure).message).toMatch(/The embedded DynamoDB stopped/);
    await cloud.stop();
  });
});

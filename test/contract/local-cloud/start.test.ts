import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
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
    [['--clock', 'tomorrow'], '--clock: "tomorrow" is no RFC 3339 time with offset'],
    [['--port', '99999'], '--port: "99999" is no port'],
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

describe('a part that dies', () => {
  test('is reported by name', async () => {
    const cloud = await startLocalCloud({ assembly: smallAssembly() });
    process.kill(childOfOurs('dynoxide'), 'SIGKILL');

    expect((await cloud.failure).message).toMatch(/The embedded DynamoDB stopped/);
    await cloud.stop();
  });
});

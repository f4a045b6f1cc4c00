import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { LOCAL_KEY } from '#infra/local/local-key.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

// What the README tells people to type, typed: the commands word for word, but for the words that stand for one's own.

const README = readFileSync('README.md', 'utf8');
const SAMPLE_CATALOG = 'infra/catalog';
const world = usePreparedCloud({ catalog: SAMPLE_CATALOG });

/** Commands of the table, and those of the numbered steps, without the comment behind them. */
const COMMANDS = [...README.matchAll(/`(npm run dunlin -- [^`]+)`|^ +(npm run dunlin -- .+)$/gm)].map(
  ([, inTable, inBlock = '']) => inTable ?? inBlock.replace(/\s+#.*$/, ''),
);
const CURLS = [...README.matchAll(/^ +(curl .+?\}')$/gms)].map(([, curl]) => curl ?? '');

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function type(command: string): Promise<Ended> {
  const bin = join(process.cwd(), 'node_modules/.bin');
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: world.cloud.aws.endpoint,
    AWS_REGION: world.cloud.aws.region,
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    API: world.cloud.api,
    KEY: LOCAL_KEY,
  };
  return new Promise(resolve => {
    const shell = spawn('bash', ['-c', command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', chunk => (said += String(chunk)));
    shell.once('exit', code => resolve({ code, said }));
  });
}

const Bills = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });

describe('the README', () => {
  test('makes an account and a line that has its first bill by mail minutes later', async () => {
    expect(CURLS).toHaveLength(2);
    const answers = [];
    for (const curl of CURLS) answers.push(await type(`${curl} --silent --show-error --fail-with-body`));

    expect(answers.map(({ code }) => code)).toEqual([0, 0]);
    expect(answers[1]?.said).toContain('"pending"');
    await world.cloud.moveTo(world.cloud.now() + 10 * 60_000);
    expect(world.cloud.outbox.mails().map(({ to }) => to)).toContain('kim@example.com');
  });

  test('names commands that do what it says', async () => {
    const { body } = await world.operator.get('/v1/accounts/acc-1/bills');
    const [bill] = Bills.parse(body).items;
    const own: Readonly<Record<string, string>> = {
      NAME: 'dev',
      prod: 'dev',
      DIR: SAMPLE_CATALOG,
      BILL: bill?.id ?? '',
      FILE: join(mkdtempSync(join(tmpdir(), 'usage-')), 'calls.csv'),
    };
    writeFileSync(
      own.FILE ?? '',
      'id,line,kind,peer,startedAt,seconds\nc-1,+46701234567,voice,+46812345678,2026-11-02T08:00:00Z,60\n',
    );
    const ended: [string, number | null, string][] = [];
    for (const command of COMMANDS) {
      const typed = command.replace(/\b(NAME|prod|DIR|BILL|FILE)\b/g, word => own[word] ?? word);
      const { code, said } = await type(typed);
      ended.push([command, code, said]);
    }

    expect(COMMANDS.length).toBeGreaterThan(8);
    // It asks before it ends anything, and here is nobody to be asked.
    const isTeardown = (command: string) => command.includes('-- teardown ');
    expect(ended.filter(([command, code]) => code !== 0 && !isTeardown(command))).toEqual([]);
    for (const [, , said] of ended.filter(([command]) => isTeardown(command))) expect(said).toContain('give --yes');
  }, 120_000);
});

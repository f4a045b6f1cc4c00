import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { useSmallCloud } from './small-cloud.ts';

process.env.OF_THE_DEVELOPER = 'secret';
const small = useSmallCloud();

describe('functions', () => {
  test('see domain time, and have an environment of their own with the addresses of their own doors', async () => {
    const time = await (await small.post('/time')).json();
    const env = z.record(z.string(), z.string()).parse(await (await small.post('/env')).json());

    expect(time).toEqual({
      now: '2026-11-01T00:00:00.000Z',
      late: Date.UTC(2026, 10, 1),
      zoned: '1970-01-01T00:00:00.000Z',
    });
    expect(env).toMatchObject({ BUCKET: 'dunlin-dev-000000000000', AWS_REGION: 'eu-north-1' });
    expect(env.QUEUE_URL).toBe(`${env.AWS_ENDPOINT_URL}/000000000000/dunlin-dev-work`);
    expect(env.AWS_ENDPOINT_URL).not.toBe(small.cloud.aws.endpoint);
    expect(env).not.toHaveProperty('OF_THE_DEVELOPER');
  });

  test('read secrets from the parameter store', async () => {
    expect(await (await small.post('/secret')).json()).toEqual({ value: 'sk_test_local' });
  });

  test('do not wait long between the attempts of a call while domain time stands still', async () => {
    expect(await (await small.post('/pause')).json()).toEqual({ first: 'pause' });
  });

  test.each([
    ['throw', 500, 'on purpose'],
    ['exit', 500, 'echo died: exit code 3'],
    ['big', 500, 'The answer of echo has more than 6291456 bytes'],
    ['slow', 503, 'echo timed out after 1 s'],
  ])('that %s are answered for with %i, and the next call finds a working one', async (path, status, logged) => {
    const failed = await small.post(`/${path}`);
    const next = await small.post('/time');

    expect(failed.status).toBe(status);
    expect(small.log.join('\n')).toContain(logged);
    expect(next.status).toBe(200);
  });

  test('are not given an event above 6 MB, API Gateway takes none above 10 MB', async () => {
    const aboveSix = await small.post('/send', 'x'.repeat(6.5 * 1024 * 1024), { 'content-type': 'text/plain' });
    const aboveTen = await small.post('/send', 'x'.repeat(10.5 * 1024 * 1024), { 'content-type': 'text/plain' });

    expect(aboveSix.status).toBe(500);
    expect(aboveTen.status).toBe(413);
  });
});

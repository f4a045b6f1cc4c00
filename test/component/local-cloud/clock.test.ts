import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseInstant } from '#shared/platform/instant.ts';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud();
const at = (text: string) => parseInstant(text) ?? Number.NaN;
const Seen = z.object({ seen: z.object({ L: z.array(z.object({ S: z.string() })) }) });

/** The moments at which the schedule ran, each once. */
async function ticks(): Promise<readonly string[]> {
  const { seen } = Seen.parse(await small.item('ticks'));
  return [...new Set(seen.L.map(({ S }) => S))];
}

/** Makes the schedule answer these as what comes next. */
async function due(...moments: string[]): Promise<void> {
  await small.put('due', { at: { L: moments.map(S => ({ S })) } });
}

describe('domain time', () => {
  test('skips what is idle, stops at what falls due, in order with what Stripe has to do', async () => {
    await due('2026-11-05T10:00:00.000Z', '2026-11-20T00:00:30.000Z');
    small.stripe.due = [at('2026-11-10T12:34:56Z')];
    const calls = small.cloud.calls.list().length;

    await small.cloud.moveTo(at('2026-12-01T00:00:00Z'));

    // 00:00:30 is seen by the run of the next full minute.
    expect(await ticks()).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-05T10:00:00.000Z', '2026-11-20T00:01:00.000Z']);
    expect(small.stripe.ran).toEqual([at('2026-11-10T12:34:56Z')]);
    expect(small.cloud.now()).toBe(at('2026-12-01T00:00:00Z'));
    // Three runs of two calls each, and the read of this test itself.
    expect(small.cloud.calls.list().length - calls).toBeLessThan(10);
  });

  test('after something has happened to what it looks at, the schedule is asked again at once', async () => {
    const before = (await ticks()).length;
    await small.send({ id: 'something else' });
    await small.cloud.settle();
    const afterSomethingElse = (await ticks()).slice(before);
    await due();
    await small.cloud.settle();

    expect(afterSomethingElse).toEqual([]);
    expect((await ticks()).slice(before)).toEqual(['2026-12-01T00:00:00.000Z']);
  });

  test('moves by a duration of the calendar, and only forward', async () => {
    const moved = await small.post('/_local/clock', { by: 'P1M' });
    const back = await small.post('/_local/clock', { to: '2026-12-31T00:00:00Z' });

    expect(await moved.json()).toEqual({ now: '2027-01-01T00:00:00Z' });
    expect(back.status).toBe(422);
  });

  test.each([
    [{}, 'needs either'],
    [{ to: 'tomorrow' }, 'RFC 3339'],
    [{ by: '1D' }, 'ISO 8601'],
    ['{', 'object'],
  ])('refuses %j and says why', async (body, reason) => {
    const response = await small.post('/_local/clock', body);

    expect(response.status).toBe(422);
    expect(await response.text()).toContain(reason);
  });
});

describe('GET /_local', () => {
  test('tells time, addresses and parts; what the product sends out is listed and empty', async () => {
    const overview = await (await fetch(`${small.cloud.api}/_local`)).json();

    expect(overview).toMatchObject({
      now: '2027-01-01T00:00:00Z',
      api: small.cloud.api,
      stripe: small.cloud.twin.address,
      webhookSecret: expect.any(String),
      inbox: expect.any(String),
      console: expect.any(String),
      parts: { dynamodb: 'in this process' },
    });
    for (const sink of ['mails', 'sms', 'pushes', 'commands']) {
      expect(await (await fetch(`${small.cloud.api}/_local/${sink}`)).json()).toEqual({ items: [] });
    }
  });
});

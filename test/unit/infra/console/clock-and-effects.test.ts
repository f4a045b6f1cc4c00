import { describe, expect, test } from 'vitest';
import { moveClock } from '#infra/local/console/clock-form.ts';
import { clockTarget } from '#infra/local/console/clock-moves.ts';
import { lastEffects } from '#infra/local/console/last-effects.ts';
import type { Call } from '#infra/local/gateway/call-log.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

describe('how far the clock moves', () => {
  test('an hour and a day', () => {
    expect(clockTarget('hour', NOON, [])).toBe(Date.UTC(2026, 10, 21, 13));
    expect(clockTarget('day', NOON, [])).toBe(Date.UTC(2026, 10, 22, 12));
  });

  test('to the nearest period end, three hours later when its bills are out', () => {
    const ends = [Date.UTC(2026, 11, 15), Date.UTC(2026, 11, 1), Date.UTC(2026, 10, 1)];

    expect(clockTarget('period-end', NOON, ends)).toBe(Date.UTC(2026, 11, 1, 3));
  });

  test('nowhere without a period ahead', () => {
    expect(clockTarget('period-end', NOON, [Date.UTC(2026, 10, 1)])).toBeUndefined();
  });
});

function aForm(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return { method: 'POST', url: '/console/clock', headers: { host: 'localhost:8787', ...headers }, body };
}

describe('the form of the clock', () => {
  const standing = (isReady: boolean) => {
    const moves: number[] = [];
    const clock = { now: () => NOON, isStill: () => true, moveTo: async (to: number) => void moves.push(to) };
    return { moves, sources: { clock, isReady: () => isReady } };
  };
  const noPeriods = async () => [];

  test('moves it and leads back to where it was sent from', async () => {
    const { moves, sources } = standing(true);
    const back = '/console/accounts/a?period=2026-11';

    expect(await moveClock(aForm({ move: 'hour', back }), sources, noPeriods)).toEqual({ outcome: 'moved', back });
    expect(moves).toEqual([Date.UTC(2026, 10, 21, 13)]);
  });

  test.each(['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example'])(
    'never leads to %s',
    async back => {
      const outcome = await moveClock(aForm({ move: 'day', back }), standing(true).sources, noPeriods);

      expect(outcome).toEqual({ outcome: 'moved', back: '/' });
    },
  );

  test('is not taken from pages of others, nor while the sample is told', async () => {
    const { moves, sources } = standing(true);
    const foreign = aForm({ move: 'day' }, { origin: 'https://elsewhere.example' });

    expect(await moveClock(foreign, sources, noPeriods)).toMatchObject({ outcome: 'refused', status: 403 });
    expect(await moveClock(aForm({ move: 'day' }), standing(false).sources, noPeriods)).toMatchObject({ status: 409 });
    expect(await moveClock(aForm({ move: 'year' }), sources, noPeriods)).toMatchObject({ status: 422 });
    expect(await moveClock(aForm({ move: 'period-end' }), sources, noPeriods)).toMatchObject({ status: 409 });
    expect(moves).toEqual([]);
  });
});

function aCall(operation: string, call: Partial<Call> = {}): Call {
  const by = call.function ?? 'rating';
  const base = { function: by, operation, nth: 1, at: NOON, status: 200, requestBytes: 0, answerBytes: 0 };
  return { ...base, address: `${by} ${operation} #1`, ...call };
}

describe('the last effects', () => {
  test('leave out what only looks and what stays inside; those in a row are one', () => {
    const effects = lastEffects(
      [
        aCall('Stripe.POST /v1/customers', { function: 'account-api' }),
        aCall('DynamoDB.UpdateItem'),
        aCall('Stripe.POST /v1/billing/meter_events', { at: NOON - 1 }),
        aCall('Stripe.GET /v1/invoices/{id}'),
        aCall('Stripe.POST /v1/billing/meter_events'),
        aCall('S3.PutObject', { function: 'usage-intake' }),
        aCall('S3.PutObject', { function: 'bill-render' }),
      ],
      10,
    );

    expect(effects.map(({ since, at }) => at - since)).toEqual([0, 1, 0]);
    expect(effects.map(({ what, times, by }) => [what, times, by])).toEqual([
      ['bill’s file kept', 1, 'bill-render'],
      ['movement sent to a meter', 2, 'rating'],
      ['customer made', 1, 'account-api'],
    ]);
  });

  test('say when the other side did not take it', () => {
    const calls = [aCall('Stripe.POST /v1/billing/meter_events', { status: 500 })];

    expect(lastEffects(calls, 1).map(({ isTaken }) => isTaken)).toEqual([false]);
  });

  test('are as many as asked for', () => {
    const calls = [aCall('Stripe.POST /v1/a'), aCall('Stripe.POST /v1/b'), aCall('Stripe.POST /v1/b')];

    expect(lastEffects(calls, 1)).toMatchObject([{ operation: 'Stripe.POST /v1/b', times: 2 }]);
  });
});

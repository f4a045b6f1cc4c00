import { describe, expect, it } from 'vitest';
import { aCall } from '#test/builders/usage.ts';
import { useUsageWorld } from '#test/parts/usage-world.ts';

describe('usage under a batch id of the caller', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');

  const post = (key: string, body: unknown, more: object = {}) =>
    world.ask({ method: 'POST', path: '/v1/usage', key, body, ...more });

  const batchState = async (key: string, address: string) => (await world.ask({ path: address, key })).body;

  it('is answered the same way again, and counted once', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000008';
    const body = [aCall({ line }), aCall({ line, seconds: -1 })];
    const first = await post(key, body, { path: '/v1/usage?batch=day-1' });
    const again = await post(key, body, { path: '/v1/usage?batch=day-1' });
    await world.settle();
    const later = await post(key, body, { path: '/v1/usage?batch=day-1' });
    await world.settle();

    expect(first).toMatchObject({ status: 202, body: { batch: 'day-1', status: '/v1/usage/batches/day-1' } });
    expect([again.body, later.body]).toEqual([first.body, first.body]);
    expect(await batchState(key, '/v1/usage/batches/day-1')).toMatchObject({
      state: 'counted',
      counted: 1,
      duplicates: 0,
    });
  });

  it('is the same batch in other blanks, in another order of fields, and as NDJSON', async () => {
    const key = await world.keyFor('switch-1');
    const record = aCall();
    const path = '/v1/usage?batch=day-4';
    const turned = Object.fromEntries(Object.entries(record).reverse());

    const first = await post(key, [record], { path });
    const forms = [
      await post(key, JSON.stringify({ records: [record] }, null, 2), { path }),
      await post(key, [turned], { path }),
      await post(key, `${JSON.stringify(record)}\n`, { path, headers: { 'content-type': 'application/x-ndjson' } }),
    ];

    expect(forms.map(({ status, body }) => ({ status, body }))).toEqual(
      Array.from({ length: 3 }, () => ({ status: 202, body: first.body })),
    );
  });

  it('is refused with other content', async () => {
    const key = await world.keyFor('switch-1');
    await post(key, [aCall()], { path: '/v1/usage?batch=day-2' });

    const other = await post(key, [aCall()], { path: '/v1/usage?batch=day-2' });

    expect(other).toMatchObject({ status: 409, body: { code: 'batch-id-reused' } });
  });

  it('belongs to its source', async () => {
    const [one, two] = [await world.keyFor('switch-1'), await world.keyFor('switch-2')];

    const answers = [
      await post(one, [aCall()], { path: '/v1/usage?batch=day-3' }),
      await post(two, [aCall()], { path: '/v1/usage?batch=day-3' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  });
});

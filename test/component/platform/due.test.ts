import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ASLEEP, DueFields, isTaken, takeDue, underLease, wakesAt, wakeText } from '#shared/platform/due.ts';
import { MINUTE } from '#shared/platform/instant.ts';
import { useTables } from '#test/parts/tables.ts';

const Waiting = DueFields.extend({ pk: z.string(), sk: z.string(), step: z.number() });
const NOON = Date.parse('2026-11-10T12:00:00Z');

describe('an item that waits for a moment', () => {
  const tables = useTables();

  async function waiting(name: string) {
    const key = { pk: `account#${name}`, sk: 'position#1' };
    await tables.ledger.put({ ...key, step: 1, ...wakesAt(key, NOON) });
    const read = async () => {
      const item = await tables.ledger.get(key, Waiting);
      if (item === undefined) throw new Error('The item is gone.');
      return item;
    };
    return { key, read };
  }

  it('is taken by one of two sweepers that saw it', async () => {
    const { key, read } = await waiting('two-sweepers');

    const taken = await Promise.all([1, 2].map(() => takeDue(tables.ledger, key, wakeText(NOON), NOON)));

    expect(taken.toSorted()).toEqual([false, true]);
    expect(await read()).toMatchObject({ lease: 1, wakeAt: '2026-11-10T12:05:00.000Z', dueSince: wakeText(NOON) });
  });

  it('is not taken when it was put off after it was seen', async () => {
    const { key, read } = await waiting('put-off');
    await tables.ledger.update(key, { set: wakesAt(key, NOON + MINUTE) });

    const taken = await takeDue(tables.ledger, key, wakeText(NOON), NOON);

    expect(taken).toBe(false);
    expect(isTaken(await read())).toBe(false);
  });

  it('is completed once although two handlers work on the same poke', async () => {
    const { key, read } = await waiting('two-handlers');
    await takeDue(tables.ledger, key, wakeText(NOON), NOON);
    const [one, other] = [await read(), await read()];

    const first = await tables.ledger.update(key, { set: { step: 2, ...ASLEEP } }, underLease(one));
    const second = await tables.ledger.update(key, { set: { step: 3, ...ASLEEP } }, underLease(other));

    expect([first, second]).toEqual([true, false]);
    expect(await read()).toEqual({ ...key, step: 2, lease: 1, failures: 0 });
  });

  it('refuses the write of a handler that was overtaken', async () => {
    const { key, read } = await waiting('overtaken');
    await takeDue(tables.ledger, key, wakeText(NOON), NOON);
    const slow = await read();
    await takeDue(tables.ledger, key, wakeText(NOON + 5 * MINUTE), NOON + 5 * MINUTE);
    const quick = await read();

    const late = await tables.ledger.update(key, { set: { step: 2, ...ASLEEP } }, underLease(slow));
    const inTime = await tables.ledger.update(key, { set: { step: 3, ...ASLEEP } }, underLease(quick));

    expect([late, inTime]).toEqual([false, true]);
  });
});

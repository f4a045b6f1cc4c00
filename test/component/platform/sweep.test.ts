import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { accountMinute, minuteText } from '#shared/platform/account-minute.ts';
import { DueFields, takeDue, wakesAt, wakeText } from '#shared/platform/due.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { sweep } from '#shared/platform/sweep.ts';
import { Table } from '#shared/platform/table.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';
import { createTables, useTables } from '#test/parts/tables.ts';

const NOON = Date.parse('2026-11-10T12:00:00Z');

describe('the sweeper', () => {
  const tables = useTables();
  let made = 0;

  /** A ledger of its own, a queue that remembers, and a clock that is set by hand. */
  async function world(options: { flushesPerDay?: number; pokesPerRun?: number } = {}) {
    const name = `sweep-${++made}`;
    await createTables(tables.client, `${name}-pages`, name);
    const table = new Table(tables.client, name);
    const queue: WakeUp[] = [];
    const state = { now: NOON, dies: false };
    const run = () =>
      sweep({
        table,
        clock: () => state.now,
        flushesPerDay: options.flushesPerDay ?? 1,
        ...(options.pokesPerRun !== undefined && { pokesPerRun: options.pokesPerRun }),
        wakeUp: async wakeUps => {
          if (state.dies) throw new Error('killed');
          queue.push(...wakeUps);
        },
      });
    const account = (id: string, minute: number) =>
      table.put({ pk: `account#${id}`, sk: 'account', ...accountMinute(id), wakeAt: minuteText(minute) });
    const due = async (id: string, at: Instant) => {
      const key = { pk: `account#${id}`, sk: `position#${id}` };
      await table.put({ ...key, ...wakesAt(key, at) });
      return key;
    };
    const poked = () => queue.splice(0).map(wakeUp => wakeUp.pk.replace('account#', ''));
    return { table, state, run, account, due, poked };
  }

  it('pokes an account at its minute of every day, and says when it is next needed', async () => {
    const { state, run, account, poked } = await world();
    await account('a', 12 * 60 + 30);
    await run();

    state.now = NOON + 29 * MINUTE;
    const before = await run();
    state.now = NOON + 30 * MINUTE;
    const at = await run();
    const again = await run();
    state.now = NOON + DAY + 30 * MINUTE;
    await run();

    expect(before).toEqual({ poked: 0, nextAt: NOON + 30 * MINUTE });
    expect(at).toEqual({ poked: 1, nextAt: NOON + DAY + 30 * MINUTE });
    expect(again.poked).toBe(0);
    expect(poked()).toEqual(['a', 'a']);
  });

  it('comes n times a day, evenly, where a stage asks for it', async () => {
    const { state, run, account, poked } = await world({ flushesPerDay: 4 });
    // 20:10, so also 02:10, 08:10 and 14:10.
    await account('a', 20 * 60 + 10);
    await run();
    const times: string[] = [];

    for (let run_ = 0; run_ < 4; run_++) {
      const { nextAt } = await run();
      if (nextAt === null) throw new Error('There is an account to wake.');
      state.now = nextAt;
      times.push(new Date(nextAt).toISOString().slice(11, 16));
      await run();
    }

    expect(times).toEqual(['14:10', '20:10', '02:10', '08:10']);
    expect(poked()).toHaveLength(4);
  });

  it('catches up what it missed, over midnight too, and no more than a day of it', async () => {
    const { state, run, account, poked } = await world();
    await account('late-evening', 23 * 60 + 59);
    await account('midnight', 0);
    await account('noon', 12 * 60);
    await run();
    poked();

    state.now = NOON + 13 * HOUR;
    await run();
    const afterHours = poked();
    state.now = NOON + 5 * DAY;
    await run();

    expect(afterHours.toSorted()).toEqual(['late-evening', 'midnight']);
    expect(poked().toSorted()).toEqual(['late-evening', 'midnight', 'noon']);
  });

  it('loses no account when it dies before the watermark is written', async () => {
    const { state, run, account, poked } = await world();
    await run();
    await account('a', 12 * 60 + 1);
    state.now = NOON + 2 * MINUTE;

    state.dies = true;
    await expect(run()).rejects.toThrow('killed');
    state.dies = false;
    await run();

    expect(poked()).toEqual(['a']);
  });

  it('takes a lease on what is due and pokes it once, and again when nobody finished it in five minutes', async () => {
    const { table, state, run, due, poked } = await world();
    const key = await due('p', NOON + MINUTE);
    const first = await run();
    state.now = NOON + MINUTE;

    const second = await run();
    await run();
    state.now = NOON + 6 * MINUTE;
    await run();

    expect(first.nextAt).toBe(NOON + MINUTE);
    expect(second.nextAt).toBe(NOON + 6 * MINUTE);
    expect(poked()).toEqual(['p', 'p']);
    expect(await table.get(key, DueFields.extend({ pk: z.string(), sk: z.string() }))).toMatchObject({ lease: 2 });
  });

  it('finds a due item again whose poke was lost between lease and queue', async () => {
    const { table, state, run, due, poked } = await world();
    const key = await due('p', NOON);
    await takeDue(table, key, wakeText(NOON), NOON);

    const { nextAt } = await run();
    state.now = nextAt ?? NOON;
    await run();

    expect(nextAt).toBe(NOON + 5 * MINUTE);
    expect(poked()).toEqual(['p']);
  });

  it('does a bounded amount per run and asks to be run again at once', async () => {
    const { state, run, account, due, poked } = await world({ pokesPerRun: 16 });
    for (let n = 0; n < 40; n++) await due(`p${n}`, NOON - n);
    for (let n = 0; n < 40; n++) await account(`a${n}`, 11 * 60 + n);
    state.now = NOON - HOUR - MINUTE;
    await run();
    state.now = NOON;

    let runs = 0;
    for (let next: Instant | null = NOON; next === NOON && runs < 50; runs++) next = (await run()).nextAt;

    expect(runs).toBeGreaterThan(2);
    expect(new Set(poked()).size).toBe(80);
  });

  it('fails on an item of a kind that nothing works on, and sends the others all the same', async () => {
    const { table, run, due, poked } = await world();
    const key = { pk: 'account#r', sk: 'riddle#1' };
    await table.put({ ...key, ...wakesAt(key, NOON - MINUTE) });
    for (const id of ['a', 'b', 'c']) await due(id, NOON);

    await expect(run()).rejects.toThrow('Nothing works on due items of kind riddle.');

    expect(poked().sort()).toEqual(['a', 'b', 'c']);
    // Taken like any other: not in the way of what follows it, and back when its lease has passed.
    expect(await run()).toMatchObject({ poked: 0, nextAt: NOON + 5 * MINUTE });
  });
});

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { DueFields, NEVER_TAKEN, takeDue, wakesAt, wakeText } from '#shared/platform/due.ts';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { Conflict, Unavailable } from '#shared/platform/failure.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { DAY, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { useTables } from '#test/parts/tables.ts';

const NOON = Date.parse('2026-11-01T12:00:00Z');
const Work = DueFields.extend({ pk: z.string(), sk: z.string(), step: z.int() });
type Work = z.output<typeof Work>;

const tables = useTables();

function itemOf(account: string) {
  const key = { pk: `account#${account}`, sk: 'work' };
  const { ledger: table } = tables;
  let now: Instant = NOON;
  return {
    key,
    order: () => table.put({ ...key, ...NEVER_TAKEN, step: 1, ...wakesAt(key, NOON) }),
    read: () => table.get(key, Work),
    /** Takes the item when it is due, and runs the work on it. */
    run: async (work: (run: DueRun<Work>) => Promise<unknown>) => {
      const { wakeAt } = Work.parse(await table.get(key, Work));
      now = Date.parse(wakeAt ?? '');
      expect(await takeDue(table, key, wakeAt ?? '', now)).toBe(true);
      await workOnDue({ table, clock: () => now }, { key, schema: Work, rules: refusedAs('bill-refused') }, work);
    },
    incidents: async () => {
      const cases = await Array.fromAsync(openIncidents(table));
      return cases.filter(({ subject }) => subject.pk === key.pk).map(({ code, detail }) => ({ code, detail }));
    },
  };
}

describe('the life of a due item', () => {
  it('is not touched by an old poke', async () => {
    const item = itemOf('old');
    await item.order();
    let runs = 0;

    const services = { table: tables.ledger, clock: () => NOON };
    await workOnDue(services, { key: item.key, schema: Work, rules: refusedAs('bill-refused') }, async () => {
      runs += 1;
    });

    expect(runs).toBe(0);
  });

  it('sleeps when its work is done, with what was written of it', async () => {
    const item = itemOf('done');
    await item.order();

    await item.run(run => run.finish({ set: { step: 2 } }));

    expect(await item.read()).toEqual({ ...item.key, step: 2, lease: 1, failures: 0 });
  });

  it('comes again with back-off while a failure passes by itself, and opens nothing', async () => {
    const item = itemOf('away');
    await item.order();
    const fails = () => Promise.reject(new Unavailable('away', 'Away.'));

    await item.run(fails);
    await item.run(fails);
    await item.run(fails);

    // A minute, two, then four after the third.
    expect(await item.read()).toMatchObject({ failures: 3, wakeAt: wakeText(NOON + (1 + 2 + 4) * MINUTE) });
    expect(await item.incidents()).toEqual([]);
  });

  it('opens an incident once per code when time alone does not help, comes again daily, and recovers', async () => {
    const item = itemOf('refused');
    await item.order();
    const fails = () => Promise.reject(new Conflict('too-old', 'Too old.'));

    await item.run(fails);
    await item.run(fails);
    const waiting = await item.read();
    await item.run(run => run.putOff({ trouble: { code: 'bill-differs', detail: { step: '1' } } }, NOON + 3 * DAY));
    const strange = await item.read();
    await item.run(run => run.finish());

    expect(waiting).toMatchObject({ failures: 2, caseOpen: 'bill-refused', wakeAt: wakeText(NOON + 2 * DAY) });
    expect(strange).toMatchObject({ failures: 3, caseOpen: 'bill-differs', wakeAt: wakeText(NOON + 3 * DAY) });
    expect(await item.read()).toEqual({ ...item.key, step: 1, lease: 4, failures: 0 });
    expect((await item.incidents()).map(({ code }) => code).sort()).toEqual(['bill-differs', 'bill-refused']);
  });

  it('drops what a run would have written that was overtaken, also beside the item', async () => {
    const item = itemOf('overtaken');
    await item.order();
    const other = { pk: item.key.pk, sk: 'other' };

    await item.run(async run => {
      await tables.ledger.update(item.key, { set: wakesAt(item.key, NOON + MINUTE) });
      await run.finish({ set: { step: 2 }, beside: [{ put: other }] });
      throw new Error('not reached');
    });

    expect(await item.read()).toMatchObject({ step: 1, wakeAt: wakeText(NOON + MINUTE) });
    expect(await tables.ledger.get(other, z.unknown())).toBeUndefined();
  });

  it('lets through what is a mistake of ours: the lease passes, and the item comes again', async () => {
    const item = itemOf('mistake');
    await item.order();

    await expect(item.run(() => Promise.reject(new TypeError('a mistake')))).rejects.toThrow('a mistake');

    expect(await item.read()).toMatchObject({ failures: 0, wakeAt: wakeText(NOON + 5 * MINUTE) });
  });
});

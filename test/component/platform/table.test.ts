import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ABSENT } from '#shared/platform/table.ts';
import { useTables } from '#test/parts/tables.ts';

const Box = z.object({ pk: z.string(), sk: z.string(), content: z.string().optional(), size: z.number().optional() });

describe('the ledger table', () => {
  const tables = useTables();

  it('answers false when a condition does not hold, and keeps what was there', async () => {
    const key = { pk: 'box#1', sk: 'box' };

    const first = await tables.ledger.put({ ...key, content: 'pears' }, ABSENT);
    const second = await tables.ledger.put({ ...key, content: 'plums' }, ABSENT);

    expect([first, second]).toEqual([true, false]);
    expect(await tables.ledger.get(key, Box)).toEqual({ ...key, content: 'pears' });
  });

  it('sets and removes attributes in one update', async () => {
    const key = { pk: 'box#2', sk: 'box' };
    await tables.ledger.put({ ...key, content: 'pears', size: 3 });

    const held = await tables.ledger.update(
      key,
      { set: { size: 4, content: undefined } },
      { expression: '#s = :s', names: { '#s': 'size' }, values: { ':s': 3 } },
    );

    expect(held).toBe(true);
    expect(await tables.ledger.get(key, Box)).toEqual({ ...key, size: 4 });
  });

  it('writes nothing of a transaction whose condition fails', async () => {
    await tables.ledger.put({ pk: 'box#3', sk: 'box' });

    const done = await tables.ledger.transact([
      { put: { pk: 'box#4', sk: 'box' } },
      { put: { pk: 'box#3', sk: 'box', content: 'plums' }, condition: ABSENT },
    ]);

    expect(done).toBe(false);
    expect(await tables.ledger.get({ pk: 'box#4', sk: 'box' }, Box)).toBeUndefined();
  });

  it('reads a range newest first, a limit at a time, and goes on behind a key', async () => {
    for (const day of ['01', '02', '03', '04']) await tables.ledger.put({ pk: 'row', sk: `day#${day}` });

    const newest = await Array.fromAsync(
      tables.ledger.query({ pk: 'row', beginsWith: 'day#', newestFirst: true, limit: 2 }, Box),
    );
    const older = await Array.fromAsync(tables.ledger.query({ pk: 'row', newestFirst: true, after: 'day#03' }, Box));

    expect(newest.map(box => box.sk)).toEqual(['day#04', 'day#03']);
    expect(older.map(box => box.sk)).toEqual(['day#02', 'day#01']);
  });
});

import { describe, expect, it } from 'vitest';
import { Throttled } from '#shared/platform/failure.ts';
import { MINUTE } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import { useTables } from '#test/parts/tables.ts';

describe('a lease for synchronous work', () => {
  const tables = useTables();
  const clock = () => Date.parse('2026-11-10T12:00:00Z');

  it('lets the works of two owners run one after the other', async () => {
    const key = { pk: 'account#queue', sk: 'lease' };
    const trace: string[] = [];
    const work = (owner: string) =>
      withLease(tables.ledger, key, { owner, clock }, async () => {
        trace.push(`${owner} begins`);
        await new Promise(resolve => setTimeout(resolve, 50));
        trace.push(`${owner} ends`);
      });

    await Promise.all([work('a'), work('b')]);

    expect(trace.map(step => step.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('tells another owner that it is busy', async () => {
    const key = { pk: 'account#busy', sk: 'lease' };

    const outcome = withLease(tables.ledger, key, { owner: 'a', clock }, () =>
      withLease(tables.ledger, key, { owner: 'b', clock, patienceMs: 100 }, async () => 'entered'),
    );

    await expect(outcome).rejects.toThrow(Throttled);
  });

  it('refuses the writes of a holder whose time has passed', async () => {
    const key = { pk: 'account#hung', sk: 'lease' };
    const item = { pk: 'account#hung', sk: 'line#1' };

    const written = await withLease(tables.ledger, key, { owner: 'slow', clock }, async slow => {
      const later = () => clock() + 6 * MINUTE;
      await withLease(tables.ledger, key, { owner: 'quick', clock: later }, async () => undefined);
      return tables.ledger.transact([{ put: item }, slow.fenced]);
    });

    expect(written).toBe(false);
  });

  it('lets the same owner in again at once, under a new fence, and is free after a failure', async () => {
    const key = { pk: 'account#again', sk: 'lease' };
    const again = () => withLease(tables.ledger, key, { owner: 'a', clock }, async ({ fence }) => fence);

    const outcome = withLease(tables.ledger, key, { owner: 'a', clock }, async ({ fence }) => {
      expect(await again()).toBe(fence + 1);
      throw new Error('crashed');
    });

    await expect(outcome).rejects.toThrow('crashed');
    await expect(withLease(tables.ledger, key, { owner: 'b', clock }, async ({ fence }) => fence)).resolves.toBe(3);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { incidentItem } from '#shared/platform/incident.ts';
import { metrics } from '#shared/platform/log.ts';
import { ABSENT } from '#shared/platform/table.ts';
import { WatchedLedger } from '#shared/platform/watched-ledger.ts';
import { useTables } from '#test/parts/tables.ts';

describe('the ledger of functions that may open cases', () => {
  const tables = useTables();
  const counted = vi.spyOn(metrics, 'addMetric');
  const subject = { pk: 'account#a', sk: 'account' };
  const opened = incidentItem({
    code: 'numbers-differ',
    subject,
    openedAt: Date.parse('2026-11-01T00:00:00Z'),
    detail: {},
  });

  afterEach(() => counted.mockClear());

  test('a case that is opened with the state that says so is counted', async () => {
    const ledger = new WatchedLedger(tables.ledger.client, tables.ledger.name);

    await ledger.transact([{ put: { pk: 'box#w1', sk: 'box' } }, { put: opened }]);

    expect(counted.mock.calls).toEqual([['CasesOpened', 'Count', 1]]);
  });

  test('a case that was not opened, because the state had moved, is not', async () => {
    const ledger = new WatchedLedger(tables.ledger.client, tables.ledger.name);
    await ledger.put({ pk: 'box#w2', sk: 'box' });

    const done = await ledger.transact([{ put: { pk: 'box#w2', sk: 'box' }, condition: ABSENT }, { put: opened }]);

    expect(done).toBe(false);
    expect(counted.mock.calls).toEqual([]);
  });
});

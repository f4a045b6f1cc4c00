import { describe, expect, test, vi } from 'vitest';
import { handler as usageAudit } from '#functions/usage-audit/handler.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import type { BatchMessage } from '#shared/usage/posting/batch-message.ts';
import { useUsageWorld } from '#test/parts/usage-world.ts';

/** Accepted on 2026-11-05 at 11:20 UTC. */
const ACCEPTED = 1_793_877_600;

function aBatch(batch: string, acceptedSeconds = ACCEPTED): BatchMessage {
  return {
    v: 1,
    batch,
    source: 'switch-1',
    sourceCode: '1',
    acceptedSeconds,
    tag: 'aaa',
    accepted: 1,
    pages: ['2026-11-02T08:00#voice'],
    records: ['+46730000001', '0', `1:${batch}`, '1o0|60|112'],
  };
}

describe('a batch in the bucket of which intake never heard', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');
  const isCounted = (batch: string) => new BatchMarkers(world.tables.ledger).isCounted('switch-1', batch);

  test('is announced on the next day, and counted', async () => {
    await world.bucket.putRaw(aBatch('lost'));
    await world.loseNotices();

    const sameDay = await usageAudit();
    vi.setSystemTime(new Date('2026-11-06T00:30:00Z'));
    const nextDay = await usageAudit();
    await world.settle();

    expect({ sameDay, nextDay }).toEqual({ sameDay: { announced: 0 }, nextDay: { announced: 1 } });
    expect(await isCounted('lost')).toBe(true);
  });

  test('is left alone once it is counted', async () => {
    vi.setSystemTime(new Date('2026-11-07T00:30:00Z'));

    expect(await usageAudit()).toEqual({ announced: 0 });
  });

  test('is found for two weeks', async () => {
    const accepted = (day: string) => Date.parse(`${day}T10:00:00Z`) / 1_000;
    vi.setSystemTime(new Date('2026-11-20T12:00:00Z'));
    await world.bucket.putRaw(aBatch('fourteen-days-old', accepted('2026-11-06')));
    await world.bucket.putRaw(aBatch('fifteen-days-old', accepted('2026-11-05')));
    await world.loseNotices();

    const outcome = await usageAudit();
    await world.settle();

    expect(outcome).toEqual({ announced: 1 });
    expect([await isCounted('fourteen-days-old'), await isCounted('fifteen-days-old')]).toEqual([true, false]);
  });
});

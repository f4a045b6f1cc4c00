import { describe, expect, it } from 'vitest';
import { ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';
import { type IntakeDependencies, takeIn } from '#shared/usage/intake/take-in.ts';
import { printFacts } from '#shared/usage/pages/page-codec.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import type { BatchMessage } from '#shared/usage/posting/batch-message.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { useTables } from '#test/parts/tables.ts';

describe('how far a source has reported', () => {
  const tables = useTables();
  const at = (text: string) => Date.parse(text);

  it('is unknown before it has posted, and never goes back whoever reports', async () => {
    const [one, other] = [new SourceWatermarks(tables.ledger), new SourceWatermarks(tables.ledger)];
    expect(await one.read('tap')).toBeUndefined();

    await one.advance('tap', at('2026-12-01T00:15:00Z'));
    await other.advance('tap', at('2026-12-01T00:00:00Z'));
    expect(await one.read('tap')).toBe(at('2026-12-01T00:15:00Z'));

    await other.advance('tap', at('2026-12-01T00:30:00Z'));
    await one.advance('tap', at('2026-12-01T00:15:00Z'));
    expect(await one.read('tap')).toBe(at('2026-12-01T00:30:00Z'));
    expect(await one.read('msc')).toBeUndefined();
  });

  it('costs nothing while it does not move', async () => {
    const watermarks = new SourceWatermarks(tables.ledger);
    await watermarks.advance('quiet', at('2026-12-01T00:15:00Z'));
    await tables.ledger.delete({ pk: 'source-watermark#quiet', sk: 'watermark' });

    await watermarks.advance('quiet', at('2026-12-01T00:15:00Z'));

    expect(await watermarks.read('quiet')).toBeUndefined();
  });

  it('is the newest slot of what was taken in, of each source, and of nothing that was not', async () => {
    // given
    const watermarks = new SourceWatermarks(tables.ledger);
    const ports: IntakeDependencies = {
      writePage: async (page, texts) => {
        if (page.page.startsWith('2026-11-30T23:45')) throw new RangeError('cannot be written');
        return tablePageWriter(tables.client, tables.pages)(page, texts);
      },
      lookUpAssignments: ledgerAssignments(tables.client, tables.ledger.name),
      point: async () => undefined,
      countBatch: async () => undefined,
      noteSlots: async () => undefined,
      markLate: async () => undefined,
      noteWatermark: (source, through) => watermarks.advance(source, through),
      retention: retainFor(24),
    };
    // when
    const outcomes = await takeIn(
      [
        aDelivery('msc-1', ['2026-11-30T22:00#voice', '2026-11-30T23:15#data']),
        aDelivery('msc-1', ['2026-11-30T23:00#voice']),
        aDelivery('msc-2', ['2026-11-30T21:00#sms']),
        aDelivery('msc-1', ['2026-11-30T23:45#voice']),
      ],
      ports,
    );
    // then
    expect([...outcomes.values()].map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(await watermarks.read('msc-1')).toBe(at('2026-11-30T23:15:00Z'));
    expect(await watermarks.read('msc-2')).toBe(at('2026-11-30T21:00:00Z'));
  });
});

let made = 0;

/** A record on each of the pages. */
function aDelivery(source: string, pages: readonly string[]) {
  const id = String(++made);
  const facts = printFacts({ direction: 'out', offsetMs: 0, units: 1, peer: '112', network: undefined });
  const message: BatchMessage = {
    v: 1,
    batch: id,
    source,
    sourceCode: source,
    acceptedSeconds: 1_796_083_200,
    tag: 'aaa',
    accepted: pages.length,
    pages: [...pages],
    records: pages.flatMap((_, index) => ['+46700000001', String(index), `${source}:${id}-${index}`, facts]),
  };
  return { id, message, archive: 'archive/a' };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import type { Delivery } from '#shared/usage/intake/plan-pages.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { takeIn } from '#shared/usage/intake/take-in.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import { pageReader, readRecords } from '#shared/usage/pages/read-pages.ts';
import { RecordList } from '#shared/usage/posting/batch-message.ts';
import { isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';
import type { PostedRecord } from '#shared/usage/posting/record.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';
import { aCall, aVoid } from '#test/builders/usage.ts';
import { useTables } from '#test/parts/tables.ts';

const NOVEMBER = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };

describe('usage delivered in any way', () => {
  const tables = useTables();
  let runs = 0;

  /** Posts the batches in this order, some together in one invocation; answers the facts that are then on the pages. */
  async function factsAfter(line: string, invocations: readonly (readonly (readonly PostedRecord[])[])[]) {
    const check = recordChecker({ acceptedAt: NOVEMBER.end, sourceCode: '1', keptSince: () => 0 });
    const quarantine = new QuarantineLedger(tables.ledger);
    const ports = {
      writePage: tablePageWriter(tables.client, tables.pages),
      lookUpAssignments: ledgerAssignments(tables.client, tables.ledger.name),
      point: quarantine.point.bind(quarantine),
      countBatch: async () => undefined,
      noteSlots: async () => undefined,
      markLate: async () => undefined,
      noteWatermark: async () => undefined,
      retention: retainFor(24),
    };
    for (const batches of invocations) {
      const deliveries = batches.map((records, index): Delivery => {
        const list = new RecordList();
        for (const record of records) {
          const checked = check({ ...record, line });
          if (isRefused(checked)) throw new Error(JSON.stringify(checked));
          list.add(checked);
        }
        const { pages } = list;
        const head = { v: 1 as const, batch: `b${++runs}`, source: 'switch-1', sourceCode: '1', accepted: list.length };
        const message = { ...head, acceptedSeconds: runs, tag: 'aaa', pages, records: list.records };
        return { id: String(index), message, archive: 'archive/a' };
      });
      const outcomes = await takeIn(deliveries, ports);
      expect([...outcomes.values()].every(({ status }) => status === 'fulfilled')).toBe(true);
    }
    const reader = pageReader(tables.client, tables.pages, new SourceRegistry(tables.ledger));
    const records = await readRecords(reader, [{ name: line, from: 0 }], NOVEMBER, { consistent: true });
    return records.map(({ facts, voided }) => JSON.stringify({ ...facts, name: '', voided })).sort();
  }

  const calls = Array.from({ length: 12 }, (_, n) =>
    aCall({ id: `call-${n}`, seconds: n, startedAt: `2026-11-02T08:${String((n * 7) % 60).padStart(2, '0')}:00Z` }),
  );
  const [first, second] = calls;
  const posted = [...calls, ...(first && second ? [aVoid(first, { id: 'v-1' }), aVoid(second, { id: 'v-2' })] : [])];

  it('gives the same facts, however it is split, ordered and repeated', async () => {
    await tables.ledger.put({ pk: 'source-code#1', sk: 'source', name: 'switch-1' });
    const expected = (await factsAfter('+46740000000', [[posted]])).toSorted();
    expect(expected).toHaveLength(12);

    const split = fc
      .shuffledSubarray(posted, { minLength: posted.length })
      .chain(shuffled => fc.tuple(fc.constant(shuffled), fc.array(fc.constantFrom(...posted), { maxLength: 8 })))
      .chain(([all, repeats]) =>
        fc.tuple(
          fc.constant([...all, ...repeats]),
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 22, maxLength: 22 }),
          fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 22, maxLength: 22 }),
        ),
      )
      .map(([all, sizes, together]) => inParts(inParts(all, sizes), together));

    let line = 0;
    await fc.assert(
      fc.asyncProperty(split, async invocations => {
        line += 1;
        expect(await factsAfter(`+4674${1_000_000 + line}`, invocations)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

function inParts<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  const parts: T[][] = [];
  let start = 0;
  for (const size of sizes) {
    if (start >= items.length) break;
    parts.push(items.slice(start, start + size));
    start += size;
  }
  return start < items.length ? [...parts, items.slice(start)] : parts;
}

import { describe, expect, it } from 'vitest';
import { identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { Throttled } from '#shared/platform/failure.ts';
import { BatchMarkers, type BatchStatus } from '#shared/usage/intake/batch-marker.ts';
import { ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import type { Delivery } from '#shared/usage/intake/plan-pages.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';
import { type IntakeDependencies, takeIn } from '#shared/usage/intake/take-in.ts';
import { printFacts } from '#shared/usage/pages/page-codec.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import type { BatchMessage } from '#shared/usage/posting/batch-message.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';
import { useTables } from '#test/parts/tables.ts';

class Crash extends Error {}

describe('intake that dies and runs again', () => {
  const tables = useTables();

  function ports(): IntakeDependencies {
    const markers = new BatchMarkers(tables.ledger);
    const quarantine = new QuarantineLedger(tables.ledger);
    const watermarks = new SourceWatermarks(tables.ledger);
    return {
      writePage: tablePageWriter(tables.client, tables.pages),
      lookUpAssignments: ledgerAssignments(tables.client, tables.ledger.name),
      point: (pointer, expiresAt) => quarantine.point(pointer, expiresAt),
      countBatch: (message, count) => markers.count(message.source, message.batch, message.acceptedSeconds, count),
      noteSlots: async () => undefined,
      markLate: async () => undefined,
      noteWatermark: (source, through) => watermarks.advance(source, through),
      retention: retainFor(24),
    };
  }

  /** Counts the calls of all ports; the `nth` dies before or after it takes effect, and all later ones die at once. */
  function dyingAt(nth: number, when: 'before' | 'after'): { ports: IntakeDependencies; hit: () => boolean } {
    let calls = 0;
    let isDead = false;
    const mortal =
      <A extends unknown[], R>(port: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        calls += 1;
        if (isDead || (calls === nth && when === 'before')) {
          isDead = true;
          throw new Crash();
        }
        const dies = calls === nth;
        const answer = await port(...args);
        if (dies) {
          isDead = true;
          throw new Crash();
        }
        return answer;
      };
    const live = ports();
    return {
      ports: {
        ...live,
        writePage: mortal(live.writePage),
        lookUpAssignments: mortal(live.lookUpAssignments),
        point: mortal(live.point),
        countBatch: mortal(live.countBatch),
        noteSlots: mortal(live.noteSlots),
        noteWatermark: mortal(live.noteWatermark),
      },
      hit: () => isDead,
    };
  }

  const call = (units: number) => printFacts({ direction: 'out', offsetMs: 0, units, peer: '112', network: undefined });

  function deliveryOf(batch: string, acceptedSeconds: number, tag: string, records: readonly string[]): Delivery {
    const pages = ['2026-11-02T08:00#voice', '2026-11-02T09:15#voice'];
    const message: BatchMessage = {
      v: 1,
      batch,
      source: 'switch-1',
      sourceCode: '1',
      acceptedSeconds,
      tag,
      accepted: records.length / 4,
      pages,
      records: [...records],
    };
    return { id: batch, message, archive: 'archive/a' };
  }

  /** Two batches that repeat and contradict each other and themselves, on owned and unowned names. */
  function deliveries(run: string): Delivery[] {
    const [mine, nobodys] = [`+4672${run}1`, `+4672${run}2`];
    return [
      deliveryOf(`one-${run}`, 1_793_880_000, 'aaa', [
        ...[mine, '0', `1:${run}-a`, call(60)],
        ...[mine, '0', `1:${run}-a`, call(60)],
        ...[mine, '1', `1:${run}-b`, call(61)],
        ...[nobodys, '0', `1:${run}-c`, call(62)],
      ]),
      deliveryOf(`two-${run}`, 1_793_880_000, 'bbb', [
        ...[mine, '0', `1:${run}-a`, call(60)],
        ...[mine, '1', `1:${run}-b`, call(99)],
        ...[mine, '1', `!1:${run}-a`, '1v0|void-1'],
        ...[nobodys, '1', `1:${run}-d`, call(63)],
      ]),
    ];
  }

  async function statesOf(run: string) {
    const markers = new BatchMarkers(tables.ledger);
    const states = await Promise.all(
      [`one-${run}`, `two-${run}`].map(batch => markers.status('switch-1', batch, 'secret', 0)),
    );
    const named = ({ conflicts, unmatchedVoids = [] }: BatchStatus) => ({
      conflicts: conflicts.length,
      unmatchedVoids: unmatchedVoids.length,
    });
    return states.map(state => state && { ...state, batch: '', ...named(state) });
  }

  const own = (run: string) =>
    tables.ledger.put({
      ...identifierKey(`+4672${run}1`),
      owners: [{ account: 'a', line: 'l', from: 0 }],
      revision: 1,
    });

  const counted = { batch: '', state: 'counted', accepted: 4, quarantined: 1 };
  const UNDISTURBED = [
    // a, b and c are new; a is there twice
    { ...counted, counted: 4, duplicates: 1, conflicts: 0, conflicting: 0, unmatchedVoids: 0 },
    // the void and d are new, a is known, b contradicts; the void names another quarter of an hour than a has
    { ...counted, counted: 3, duplicates: 1, conflicts: 1, conflicting: 1, unmatchedVoids: 1 },
  ];

  it('counts each batch as if nothing had happened, wherever it died', async () => {
    await own('00');
    const outcomes = await takeIn(deliveries('00'), ports());
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await statesOf('00')).toEqual(UNDISTURBED);

    let points = 0;
    for (let nth = 1; ; nth++) {
      const hits: boolean[] = [];
      for (const when of ['before', 'after'] as const) {
        const run = `${when === 'before' ? 1 : 2}${nth}`;
        await own(run);
        const dying = dyingAt(nth, when);
        await takeIn(deliveries(run), dying.ports).catch(error => expect(error).toBeInstanceOf(Crash));
        hits.push(dying.hit());
        await takeIn(deliveries(run), ports());
        expect(await statesOf(run)).toEqual(UNDISTURBED);
      }
      if (!hits.includes(true)) break;
      points = nth;
    }
    // 1 look-up, 4 pages, 3 pointers (c, d, the contradicting b), 2 counts, the slots and the watermark of the source
    expect(points).toBe(12);
  });

  it('counts each batch as if nothing had happened, when after a crash they come one by one', async () => {
    for (const order of [0, 1]) {
      const run = `9${order}`;
      await own(run);
      const both = deliveries(run);
      await takeIn(both, dyingAt(4, 'after').ports);
      for (const delivery of order === 0 ? both : both.toReversed()) await takeIn([delivery], ports());

      const states = await statesOf(run);
      expect(states.map(state => [state?.counted, state?.duplicates, state?.conflicting])).toEqual([
        [4, 1, 0],
        [3, 1, 1],
      ]);
    }
  });

  it('fails only the delivery whose page cannot be written', async () => {
    await own('50');
    const [one, two] = deliveries('50');
    if (one === undefined || two === undefined) throw new Error('two deliveries');
    const poison: IntakeDependencies = {
      ...ports(),
      writePage: async (page, texts) => {
        if ([...texts.values()].some(text => text.endsWith('.bbb'))) throw new RangeError('poison');
        return ports().writePage(page, texts);
      },
    };

    const outcomes = await takeIn([one, two], poison);

    expect([outcomes.get(one.id)?.status, outcomes.get(two.id)?.status]).toEqual(['fulfilled', 'rejected']);
    expect((await statesOf('50'))[0]).toEqual(UNDISTURBED[0]);
  });

  it('lets everything that touches a throttled page come again', async () => {
    await own('51');
    const busy: IntakeDependencies = {
      ...ports(),
      writePage: async () => {
        throw new Throttled('pages-busy', 'busy');
      },
    };

    const failed = await takeIn(deliveries('51'), busy);
    const again = await takeIn(deliveries('51'), ports());

    expect([...failed.values()].map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([...again.values()].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await statesOf('51')).toEqual(UNDISTURBED);
  });
});

import * as z from 'zod';
import { Throttled } from './failure.ts';
import { type Clock, MINUTE } from './instant.ts';
import type { Key, Table, Write } from './table.ts';

// One at a time for synchronous work on a subject (an account's lines). Waiting work has its lease in the due index.
//
//   A  take: fence 7, until 10:05   if none, or it has passed, or it is A's own ──▶ works ──▶ writes with `fenced` (check fence = 7)
//   B  take at 10:01 ──▶ false ──▶ waits a little ──▶ Throttled 'busy'
//   A  hangs until 10:06;  B  take: fence 8 ──▶ works;  A's next write: fence is 8 ──▶ refused as a whole

const LeaseItem = z.object({ owner: z.string(), until: z.int(), fence: z.int().positive() });

export interface LeaseOptions {
  /**
   * Who asks. The same owner gets in again at once (with a new fence), so that a repeat after a crash need not wait:
   * choose it from the work (`line-1:<digest of the request>`), or at random where a repeat must wait.
   */
  readonly owner: string;
  readonly clock: Clock;
  /** Default 5 minutes. */
  readonly holdMs?: number;
  /** How long to wait for another holder, in real time; default 2 s. */
  readonly patienceMs?: number;
}

export interface Lease {
  readonly fence: number;
  /** Put this into a transaction: it fails as a whole once another holds the lease. */
  readonly fenced: Write;
}

const POLL_MS = 100;

/**
 * Runs `work` under the lease kept at `key` (an item of its own) and gives it back afterwards, also on failure.
 * @throws Throttled `busy` when another owner holds it for longer than the patience.
 */
export async function withLease<T>(
  table: Table,
  key: Key,
  options: LeaseOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const fence = await take(table, key, options);
  const holdsIt = { expression: 'fence = :fence', values: { ':fence': fence } };
  try {
    return await work({ fence, fenced: { check: key, condition: holdsIt } });
  } finally {
    // The fence stays, only its time is over: a number must never be given twice.
    await table.update(key, { set: { until: 0 } }, holdsIt);
  }
}

async function take(table: Table, key: Key, options: LeaseOptions): Promise<number> {
  const attempts = Math.ceil((options.patienceMs ?? 2_000) / POLL_MS);
  for (let attempt = 0; attempt <= attempts; attempt++) {
    const now = options.clock();
    const held = await table.get(key, LeaseItem);
    if (held === undefined || held.until <= now || held.owner === options.owner) {
      const fence = (held?.fence ?? 0) + 1;
      const taken = await table.update(
        key,
        { set: { owner: options.owner, until: now + (options.holdMs ?? 5 * MINUTE), fence } },
        held === undefined
          ? { expression: 'attribute_not_exists(fence)' }
          : { expression: 'fence = :held', values: { ':held': held.fence } },
      );
      if (taken) return fence;
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  throw new Throttled('busy', 'Another request is changing this account; try again.');
}

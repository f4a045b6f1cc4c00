import * as z from 'zod';
import { Conflict } from '#shared/platform/failure.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Key, type Table } from '#shared/platform/table.ts';
import type { BatchClaim } from '../posting/accept-usage.ts';
import { readBatchId } from '../posting/batch-id.ts';

/** What became of a batch, as counted by intake (contract 2.2). */
export interface BatchCount {
  readonly accepted: number;
  /** New, or known with the same facts. */
  readonly counted: number;
  /** Those of `counted` that were known. */
  readonly duplicates: number;
  /** Ids of records that contradict what was there; at most `CONFLICTS_NAMED` of them. */
  readonly conflicts: readonly string[];
  /** How many contradict. */
  readonly conflicting: number;
  /** Records whose service identifier no line had when they were counted. */
  readonly quarantined: number;
  /** Ids of records that were to be voided and were not there then; at most `UNMATCHED_NAMED` of them. */
  readonly unmatchedVoids?: readonly string[];
}

export interface BatchStatus {
  readonly batch: string;
  readonly state: 'received' | 'counted';
  readonly accepted: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly conflicts: readonly { readonly id: string }[];
  readonly conflicting: number;
  readonly quarantined: number;
  /** Left out where there are none. */
  readonly unmatchedVoids?: readonly { readonly voids: string }[];
}

/** An item has at most 400 KB, an id 256 bytes. The rest is found in quarantine. */
export const CONFLICTS_NAMED = 1_000;
export const UNMATCHED_NAMED = 200;

const KEPT_FOR = 40 * DAY;

/** Ledger item `batch#<source>#<id>` / `batch`: made by a claim (`?batch=`) or by the count, whichever comes first. */
const Marker = z.object({
  digest: z.string().optional(),
  acceptedAt: z.number().optional(),
  accepted: z.number(),
  counted: z.number().optional(),
  duplicates: z.number().optional(),
  conflicts: z.array(z.string()).optional(),
  conflicting: z.number().optional(),
  quarantined: z.number().optional(),
  unmatchedVoids: z.array(z.string()).optional(),
});

/** What the ledger knows of batches, for 40 days. */
export class BatchMarkers {
  private readonly ledger: Table;

  constructor(ledger: Table) {
    this.ledger = ledger;
  }

  /** @throws Conflict `batch-id-reused` */
  async claim({ source, batch, digest, acceptedAt, accepted }: BatchClaim): Promise<Instant> {
    const key = keyOf(source, batch);
    const expiresAt = Math.floor((acceptedAt + KEPT_FOR) / 1_000);
    const item = { ...key, digest, acceptedAt, accepted, expiresAt };
    if (await this.ledger.put(item, ABSENT)) return acceptedAt;
    const known = await this.ledger.get(key, Marker);
    if (known?.digest === digest && known.acceptedAt !== undefined) return known.acceptedAt;
    throw new Conflict(
      'batch-id-reused',
      'A batch with this id and other content was accepted before. Post these records under another id.',
    );
  }

  /** The last thing that intake does with a batch. Counting again says the same. */
  async count(source: string, batch: string, acceptedSeconds: number, count: BatchCount): Promise<void> {
    const set = { ...count, expiresAt: acceptedSeconds + KEPT_FOR / 1_000 };
    await this.ledger.update(keyOf(source, batch), { set });
  }

  async isCounted(source: string, batch: string): Promise<boolean> {
    return (await this.ledger.get(keyOf(source, batch), Marker))?.counted !== undefined;
  }

  /** `undefined`: no such batch, or too long ago. */
  async status(source: string, batch: string, secret: string, now: Instant): Promise<BatchStatus | undefined> {
    const marker = await this.ledger.get(keyOf(source, batch), Marker);
    if (marker?.counted !== undefined) {
      const { accepted, counted, duplicates = 0, conflicts = [], conflicting = 0, quarantined = 0 } = marker;
      const named = conflicts.map(id => ({ id }));
      const unmatchedVoids = (marker.unmatchedVoids ?? []).map(id => ({ voids: id }));
      return {
        ...{ batch, state: 'counted', accepted, counted, duplicates, conflicts: named, conflicting, quarantined },
        ...(unmatchedVoids.length > 0 && { unmatchedVoids }),
      };
    }
    const signed = marker === undefined ? readBatchId(batch, secret) : undefined;
    if (signed !== undefined && signed.acceptedAt + KEPT_FOR < now) return undefined;
    const accepted = marker?.accepted ?? signed?.accepted;
    if (accepted === undefined) return undefined;
    const noCount = { counted: 0, duplicates: 0, conflicts: [], conflicting: 0, quarantined: 0 };
    return { batch, state: 'received', accepted, ...noCount };
  }
}

function keyOf(source: string, batch: string): Key {
  return { pk: `batch#${source}#${batch}`, sk: 'batch' };
}

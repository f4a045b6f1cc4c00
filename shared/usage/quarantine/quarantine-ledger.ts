import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { shardOf } from '#shared/platform/shard.ts';
import type { Table } from '#shared/platform/table.ts';
import { printSlot } from '../pages/page-key.ts';
import { Pointer, type PointerFamily } from './quarantine.ts';

/** A pointer as it is kept, with its place in time. */
export interface StoredPointer {
  readonly pointer: Pointer;
  readonly pk: string;
  /** Begins with a time, `2026-11-01T00:15`: the slot, the second of acceptance or the period's start. */
  readonly sk: string;
  /** Another at every write; `undefined` when it was never written. */
  readonly written: string | undefined;
}

const StoredItem = z.object({ pk: z.string(), sk: z.string(), written: z.string(), pointer: Pointer });

/** A thousand writes a second each. */
export const QUARANTINE_SHARDS = 8;

/**
 * Ledger items `quarantine#<family>#<shard>` / `<time>#...`.
 *
 * intake: record to page ──▶ pointer (written = a) ─────────────▶ another record to the page ──▶ pointer (written = b)
 * reader:                        reads a ──▶ looks at the page: nothing left ──▶ delete if written = a: refused, kept
 */
export class QuarantineLedger {
  private readonly ledger: Table;

  constructor(ledger: Table) {
    this.ledger = ledger;
  }

  async point(pointer: Pointer, expiresAt: number): Promise<void> {
    await this.ledger.put({ ...keyOf(pointer), pointer, written: randomUUID(), expiresAt });
  }

  /** Of a pointer whose records have all left quarantine; one that was written again in between stays. */
  async drop({ pk, sk, written }: StoredPointer): Promise<boolean> {
    if (written === undefined) return false;
    const unchanged = { expression: 'written = :w', values: { ':w': written } };
    return this.ledger.delete({ pk, sk }, unchanged);
  }

  /** At most `limit`, newest first, not after `upTo` (a sort key). */
  async newest(family: PointerFamily, shard: number, upTo: string, limit: number): Promise<StoredPointer[]> {
    const range = { pk: partitionOf(family, shard), between: ['0', upTo] as const, newestFirst: true, limit };
    return Array.fromAsync(this.ledger.query({ ...range, consistent: true }, StoredItem));
  }
}

/** A pointer that stands nowhere, as if it did: what it leads to is looked at, and nothing has to be dropped. */
export function imagined(pointer: Pointer): StoredPointer {
  return { ...keyOf(pointer), pointer, written: undefined };
}

/** Behind every sort key. */
export const NEWEST = '~';

function partitionOf(family: PointerFamily, shard: number): string {
  return `quarantine#${family}#${shard}`;
}

function keyOf(pointer: Pointer): { readonly pk: string; readonly sk: string } {
  const { about, sk } = addressOf(pointer);
  return { pk: partitionOf(pointer.family, shardOf(about, QUARANTINE_SHARDS)), sk };
}

function addressOf(pointer: Pointer): { readonly about: string; readonly sk: string } {
  switch (pointer.family) {
    case 'unowned':
      return { about: pointer.name, sk: `${pointer.page}#${pointer.name}` };
    case 'conflict': {
      const accepted = printSecond(pointer.acceptedSeconds * SECOND);
      return { about: pointer.attribute, sk: `${accepted}#${pointer.attribute}#${pointer.facts}` };
    }
    case 'period':
      return { about: pointer.account, sk: `${printSlot(pointer.start)}#${pointer.account}` };
    default:
      return unknownFamily(pointer);
  }
}

function unknownFamily(pointer: never): never {
  throw new Error(`No such pointer: ${JSON.stringify(pointer)}`);
}

function printSecond(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 19);
}

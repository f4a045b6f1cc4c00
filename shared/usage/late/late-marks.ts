import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { DAY } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';

/**
 * Usage that is older than this when it is counted may belong to a period that has been closed for a while. What is
 * younger is in the current period or in the one before, which the next close looks at anyway.
 */
export const OLD_USAGE = 25 * DAY;

const PREFIX = 'late-usage#';

const Mark = z.object({ sk: z.string(), written: z.string() });

/** A day of which old usage of an account came. */
export interface LateMark {
  /** 00:00 UTC. */
  readonly day: Instant;
  /** Another at every write. */
  readonly written: string;
}

// Ledger items `account#<a>` / `late-usage#<day>`:
//
//   intake: record to page ──▶ mark (written = a) ──────────▶ another record ──▶ mark (written = b)
//   close:                      reads a ──▶ rates the pages ──▶ billed ──▶ delete if written = a: refused, kept

/** Old usage of that moment is on a page of one of the account's names. */
export async function markLate(ledger: Table, account: string, at: Instant): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10);
  await ledger.put({ pk: `account#${account}`, sk: `${PREFIX}${day}`, written: randomUUID() });
}

/** Strongly consistent. */
export async function lateMarks(ledger: Table, account: string): Promise<LateMark[]> {
  const range = { pk: `account#${account}`, beginsWith: PREFIX, consistent: true };
  const marks = await Array.fromAsync(ledger.query(range, Mark));
  return marks.map(({ sk, written }) => ({ day: Date.parse(sk.slice(PREFIX.length)), written }));
}

/** What it led to is billed; one that was written again in between stays. */
export async function dropMark(ledger: Table, account: string, { day, written }: LateMark): Promise<void> {
  const key = { pk: `account#${account}`, sk: `${PREFIX}${new Date(day).toISOString().slice(0, 10)}` };
  await ledger.delete(key, { expression: 'written = :w', values: { ':w': written } });
}

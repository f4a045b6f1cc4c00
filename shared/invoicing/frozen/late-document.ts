import * as z from 'zod';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';
import type { Item, Table } from '#shared/platform/table.ts';

/**
 * `account#<a>` / `late#<start>#<n>`: usage that came after its period was billed, and what a later bill asks for it.
 * The amounts are adjustments of their own.
 */
export const LateDocument = z.object({
  account: z.string(),
  /** Of the period in which it was used. */
  start: StoredInstant,
  n: z.int().positive(),
  at: StoredInstant,
  /** Billable key → what the period came to with this document. The next one counts from here. */
  targets: z.record(z.string(), StoredInteger),
  /** How many records and voids it names that the documents before it did not, and where (see `manifestEntry`). */
  records: z.int(),
  manifest: z.string(),
  adjustments: z.array(z.string()),
});
export type LateDocument = z.output<typeof LateDocument>;

function prefixOf(start: Instant): string {
  return `late#${printInstant(start)}#`;
}

export function lateDocumentItem(document: LateDocument): Item {
  const { account, start, n } = document;
  const sk = `${prefixOf(start)}${String(n).padStart(4, '0')}`;
  return { pk: `account#${account}`, sk, ...z.encode(LateDocument, document) };
}

/** In order. Strongly consistent. */
export function lateDocumentsOf(table: Table, account: string, start: Instant): Promise<LateDocument[]> {
  const range = { pk: `account#${account}`, beginsWith: prefixOf(start), consistent: true };
  return Array.fromAsync(table.query(range, LateDocument));
}

import * as z from 'zod';
import { DueFields, NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Key, Table, Write } from '#shared/platform/table.ts';

/**
 * `account#<a>` / `annex#<invoice>`: the files with the single records of a long bill, made one after the other. A due item
 * until all are there.
 */
export const AnnexItem = DueFields.extend({
  kind: z.literal('annex'),
  account: z.string(),
  invoice: z.string(),
  /** The bill's id. */
  bill: z.string(),
  /** What is not there yet: `csv`, `proof`, then parts on paper by their number, from 1. */
  left: z.array(z.string()),
});
export type AnnexItem = z.output<typeof AnnexItem>;

export function annexKey(account: string, invoice: string): Key {
  return { pk: `account#${account}`, sk: `annex#${invoice}` };
}

interface AnnexOf {
  readonly account: string;
  readonly invoice: string;
  readonly bill: string;
  /** The records lie beside the bill: their table is to be made. */
  readonly hasTable: boolean;
  /** Parts on paper. */
  readonly papers: number;
}

/** For the write that issues the bill. */
export function orderAnnex({ account, invoice, bill, hasTable, papers }: AnnexOf, now: Instant): Write {
  const key = annexKey(account, invoice);
  const left = [
    ...(hasTable ? ['csv'] : []),
    'proof',
    ...Array.from({ length: papers }, (_, part) => String(part + 1)),
  ];
  const item = z.encode(AnnexItem, { kind: 'annex', account, invoice, bill, left, ...NEVER_TAKEN });
  return { put: { ...key, ...item, ...wakesAt(key, now) } };
}

/** What is not there yet of a bill's records; empty when everything is. */
export async function annexLeft(table: Table, account: string, invoice: string): Promise<readonly string[]> {
  const item = await table.get(annexKey(account, invoice), AnnexItem);
  return item?.left ?? [];
}

import type { Table } from '#shared/platform/table.ts';
import type { ItemOfBill } from '../objects/bill-item.ts';
import { annexLeft } from './annex-item.ts';

/** The files with the single records of a long bill: which are there. */
export interface AnnexFiles {
  /** Records in all. */
  readonly records: number;
  readonly isTableReady: boolean;
  /** Whether each part on paper is there, in order. */
  readonly papers: readonly boolean[];
}

/** `undefined`: the records stand in the bill. */
export async function annexFiles(
  table: Table,
  { account, invoice, bill }: ItemOfBill,
): Promise<AnnexFiles | undefined> {
  if (bill.annex === undefined) return undefined;
  const left = new Set(await annexLeft(table, account, invoice));
  return {
    records: bill.annex.records,
    isTableReady: !left.has('csv'),
    papers: Array.from({ length: bill.annex.papers }, (_, place) => !left.has(String(place + 1))),
  };
}

import type { BillDocument, BillRecord } from '../document/bill-document.ts';
import type { ItemOfBill } from '../objects/bill-item.ts';
import type { BillObjects } from '../objects/bill-objects.ts';
import { tablesOf } from '../view/annex-view.ts';
import type { RecordTable } from './record-index.ts';
import { readIndex, readStretch } from './record-objects.ts';

/** So many records page and JSON show at once. */
export const SHOWN_AT_ONCE = 500;

/** A stretch of a bill's single records. */
export interface RecordsPage {
  /** Place of the first, counted from 0. */
  readonly from: number;
  readonly records: readonly BillRecord[];
  /** How many there are in all. */
  readonly all: number;
  /** What all of them come to. */
  readonly tables: readonly RecordTable[];
}

/** The bill's records from the `from`th on: out of the document, or out of the parts beside it. */
export async function readRecordsPage(
  objects: BillObjects,
  { account, bill }: Pick<ItemOfBill, 'account' | 'bill'>,
  document: BillDocument,
  stretch: { readonly from: number; readonly count: number },
): Promise<RecordsPage> {
  const { from, count } = stretch;
  if (document.annex === undefined) {
    const all = document.records ?? [];
    const tables = tablesOf(all);
    return { from, records: all.slice(from, from + count), all: all.length, tables };
  }
  const { records, parts, tables } = await readIndex(objects, account, bill.id);
  return { from, records: await readStretch(objects, account, bill.id, parts, stretch), all: records, tables };
}

/** The bill with that stretch of its records in place of all of them. */
export function withRecords(bill: BillDocument, { records, all }: Pick<RecordsPage, 'records' | 'all'>): BillDocument {
  if (bill.records === null) return bill;
  const isAll = records.length === all;
  return { ...bill, records: [...records], ...(!isAll && { annex: { parts: 0, ...bill.annex, records: all } }) };
}

/** As page and JSON show it first. */
export function shownFirst(bill: BillDocument): BillDocument {
  const all = bill.annex?.records ?? bill.records?.length ?? 0;
  return withRecords(bill, { records: (bill.records ?? []).slice(0, SHOWN_AT_ONCE), all });
}

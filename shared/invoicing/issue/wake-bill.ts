import * as z from 'zod';
import { NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Table } from '#shared/platform/table.ts';
import { BillItem, billItemKey } from '../objects/bill-item.ts';

interface InvoiceOf {
  readonly account: string;
  readonly invoice: string;
}

/** The invoice's bill is built, unless that was asked for before. `false`: it was, and nothing is changed. */
export function askForBill(table: Table, { account, invoice }: InvoiceOf, now: Instant): Promise<boolean> {
  const key = billItemKey(account, invoice);
  const item = z.encode(BillItem, { kind: 'bill', account, invoice, ...NEVER_TAKEN });
  return table.put({ ...key, ...item, ...wakesAt(key, now) }, ABSENT);
}

/**
 * Something has happened to an invoice of the account that is not a draft: its bill is built if it is not there, and what
 * was paid is read again. A repeat changes nothing, so every event that hints at it may call this.
 */
export async function wakeBill(table: Table, invoice: InvoiceOf, now: Instant): Promise<void> {
  if (await askForBill(table, invoice, now)) return;
  const key = billItemKey(invoice.account, invoice.invoice);
  // A run under way loses its lease by this and comes again: it may have read the invoice before the change.
  await table.update(key, { set: wakesAt(key, now) }, { expression: 'attribute_exists(pk)' });
}

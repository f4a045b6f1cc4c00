import * as z from 'zod';
import { DueFields } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';

/** What became of a bill since it was issued, as the provider last said. Amounts in major units. */
export const PaymentStatus = z.object({
  status: z.enum(['open', 'paid', 'void', 'uncollectible']),
  paid: z.string(),
  due: z.string(),
  paidAt: StoredInstant.optional(),
  payUrl: z.string().optional(),
  /**
   * How an open one is collected: the provider will charge it, the bank is working on a payment, no payment went
   * through, or it waits for the subscriber (a first invoice). Absent: it was sent, or read before this was kept.
   */
  collection: z.enum(['scheduled', 'pending', 'failed', 'by-hand']).optional(),
});
export type PaymentStatus = z.output<typeof PaymentStatus>;

/** Of an issued bill, what lists show without reading the document. */
export const IssuedBill = z.object({
  id: z.string(),
  number: z.string(),
  issuedAt: StoredInstant,
  dueAt: StoredInstant,
  currency: z.string(),
  total: z.string(),
  /** What was asked for: the total with what stood open. Absent: issued before this was kept. */
  asked: z.string().optional(),
  /** Charged to a stored payment method; else it was sent. Absent as `asked`. */
  automatic: z.boolean().optional(),
  /** The period that it was built from; absent where it bills no usage. */
  periodStart: StoredInstant.optional(),
  /** What was used in that period, which ended then, by kind in base units; absent: issued before this was kept. */
  use: z.object({ end: StoredInstant, kinds: z.record(z.string(), z.number()) }).optional(),
  /** SHA-256 of the document's bytes. */
  digest: z.string(),
  /** Its records lie beside it, in so many parts on paper; absent: they stand in it. The digest is that of their index. */
  annex: z.object({ records: z.int(), papers: z.int(), digest: z.string() }).optional(),
  /** Of what its amounts were worked out by; absent where that was not kept yet, or where it bills no usage. */
  ratesDigest: z.string().optional(),
});
export type IssuedBill = z.output<typeof IssuedBill>;

/** `account#<a>` / `bill#<invoice>`: the bill of one invoice, from when anybody first hears of the invoice. A due item. */
export const BillItem = DueFields.extend({
  kind: z.literal('bill'),
  account: z.string(),
  /** The provider's id. */
  invoice: z.string(),
  bill: IssuedBill.optional(),
  standing: PaymentStatus.optional(),
});
export type BillItem = z.output<typeof BillItem>;

const BILL_PREFIX = 'bill#';

export function billItemKey(account: string, invoice: string): Key {
  return { pk: `account#${account}`, sk: `${BILL_PREFIX}${invoice}` };
}

/** Made from the invoice's id, so that a bill built twice is the same bill. */
export function billId(invoice: string): string {
  return `bill_${invoice.replace(/^in_/, '')}`;
}

/** `bill#<id>` / `bill`: which invoice of which account it is. */
const BillPlace = z.object({ account: z.string(), invoice: z.string() });

export function billPlaceItem(id: string, account: string, invoice: string) {
  return { pk: `bill#${id}`, sk: 'bill', account, invoice };
}

/** An item whose bill is there. */
export type ItemOfBill = BillItem & { readonly bill: IssuedBill };

/** `undefined`: no such bill was issued. Strongly consistent. */
export async function findBill(table: Table, id: string): Promise<ItemOfBill | undefined> {
  const place = await table.get({ pk: `bill#${id}`, sk: 'bill' }, BillPlace);
  const item = place && (await table.get(billItemKey(place.account, place.invoice), BillItem));
  return item !== undefined && isIssued(item) ? item : undefined;
}

/** The account's bills, newest first. */
export async function billsOf(table: Table, account: string): Promise<ItemOfBill[]> {
  const range = { pk: `account#${account}`, beginsWith: BILL_PREFIX, consistent: true };
  const items = await Array.fromAsync(table.query(range, BillItem));
  return items
    .filter(isIssued)
    .sort((a, b) => newer(a.bill.issuedAt, b.bill.issuedAt) || (a.invoice < b.invoice ? 1 : -1));
}

function isIssued(item: BillItem): item is ItemOfBill {
  return item.bill !== undefined;
}

function newer(a: Instant, b: Instant): number {
  return b - a;
}

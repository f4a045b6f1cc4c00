import type { InvoiceReason, InvoiceStatus } from '#shared/invoicing/issue/billed-invoice.ts';

interface Collected {
  readonly reason: InvoiceReason;
  readonly collection: 'automatic' | 'invoice';
}

/**
 * The first invoice of a subscription that is charged automatically is not a debt: its lines wait until it is paid, and
 * nothing was used on them (contract section 3). One that is sent holds up nothing, and is owed like any other.
 */
export function waitsForPayment({ reason, collection }: Collected): boolean {
  return reason === 'first' && collection === 'automatic';
}

/** It could not be charged, or was sent and is not paid yet: the account's dunning begins, if it has not. */
export function isOwed(invoice: Collected & { readonly status: InvoiceStatus; readonly attempted: boolean }): boolean {
  if (invoice.status !== 'open' || waitsForPayment(invoice)) return false;
  return invoice.collection === 'invoice' || invoice.attempted;
}

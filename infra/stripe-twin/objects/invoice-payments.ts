import type { InvoicePayment } from '../records/invoice-payments.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { newestFirst } from '../wire/pages.ts';

export function paymentsOf(world: World, invoice: string): InvoicePayment[] {
  return newestFirst(world.store.all('invoice_payment'), payment => payment.invoice === invoice);
}

/** The invoice that a payment intent is to pay. */
export function invoiceOfIntent(world: World, intent: string): Invoice | undefined {
  for (const { invoice, payment } of world.store.all('invoice_payment')) {
    if (payment.payment_intent === intent) return world.store.get('invoice', invoice);
  }
  return undefined;
}

import type { InvoicePayment } from '../records/invoice-payments.ts';
import type { World } from '../store/world.ts';
import { newestFirst } from '../wire/pages.ts';

export function paymentsOf(world: World, invoice: string): InvoicePayment[] {
  return newestFirst(world.store.all('invoice_payment'), payment => payment.invoice === invoice);
}

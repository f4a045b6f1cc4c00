import { SECOND } from '#shared/platform/instant.ts';
import type { ListInvoices } from '#shared/reactions/walk-invoices.ts';
import { callingStripe, stripeFailure } from '../stripe-failure.ts';
import type { StripeSource } from '../stripe-source.ts';
import { invoiceNow } from './invoice-now.ts';

/** A hundred at a time: those that are open, whatever their age, then the others that are new. */
export function invoicesAt(stripe: StripeSource): ListInvoices {
  return async function* (since) {
    const client = await callingStripe(stripe);
    const created = { gte: Math.floor(since / SECOND) };
    try {
      for await (const found of client.invoices.list({ status: 'open', limit: 100 })) {
        const invoice = invoiceNow(found);
        if (invoice !== undefined) yield invoice;
      }
      for await (const found of client.invoices.list({ created, limit: 100 })) {
        const invoice = found.status === 'open' ? undefined : invoiceNow(found);
        if (invoice !== undefined) yield invoice;
      }
    } catch (error) {
      throw stripeFailure(error);
    }
  };
}

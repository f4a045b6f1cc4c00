import * as z from 'zod';
import type { CardVisit, PayableInvoice, PaymentPlaces } from '#shared/invoicing/issue/payment-places.ts';
import { InvoiceStatus, Linked } from './fields.ts';
import { callingStripe, StripeRefused } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Stripe's hosted invoice page and customer portal. */
export function stripePaymentPlaces(stripe: StripeSource): PaymentPlaces {
  return {
    invoice: id => callingStripe(async () => payable(await (await stripe()).invoices.retrieve(id))).catch(missing),
    cardPage: visit => callingStripe(async () => cardPage(stripe, visit)),
  };
}

const Invoice = z.object({
  customer: Linked,
  status: InvoiceStatus,
  number: z.string().nullish(),
  amount_remaining: z.int(),
  hosted_invoice_url: z.url().nullish(),
});

function payable(invoice: unknown): PayableInvoice {
  const { customer, status, number, amount_remaining, hosted_invoice_url } = Invoice.parse(invoice);
  return {
    customer,
    status,
    number: number ?? undefined,
    isOwed: amount_remaining > 0,
    url: hosted_invoice_url ?? undefined,
  };
}

function missing(error: unknown): undefined {
  if (error instanceof StripeRefused && error.stripeCode === 'resource_missing') return undefined;
  throw error;
}

/** The default configuration of the account's customer portal at Stripe has to allow other cards. */
async function cardPage(stripe: StripeSource, { customer, locale, saved, back }: CardVisit): Promise<string> {
  const session = await (await stripe()).billingPortal.sessions.create({
    customer,
    locale,
    return_url: back,
    flow_data: {
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: saved } },
    },
  });
  return session.url;
}

import type Stripe from 'stripe';
import * as z from 'zod';
import type {
  BilledInvoice,
  BilledInvoices,
  InvoicedLine,
  InvoicedTax,
} from '#shared/invoicing/issue/billed-invoice.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { callingStripe } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Stripe's invoices, as bills need them. */
export function stripeBilledInvoices(stripe: StripeSource): BilledInvoices {
  return { read: invoice => callingStripe(async () => readInvoice(await stripe(), invoice)) };
}

const Linked = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
const Moment = z.int().transform(seconds => seconds * SECOND);
const Minor = z.int().transform(BigInt);

const Tax = z.object({
  amount: Minor,
  taxable_amount: Minor.nullish(),
  tax_behavior: z.string(),
  tax_rate_details: z.object({ tax_rate: Linked }).nullish(),
});

const Invoice = z.object({
  id: z.string(),
  customer: Linked,
  status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
  billing_reason: z.string().nullish(),
  parent: z.object({ subscription_details: z.object({ subscription: Linked }).nullish() }).nullish(),
  number: z.string().nullish(),
  currency: z.string().toUpperCase(),
  period_end: Moment,
  created: Moment,
  due_date: Moment.nullish(),
  collection_method: z.string().nullish(),
  status_transitions: z.object({
    finalized_at: Moment.nullish(),
    paid_at: Moment.nullish(),
    voided_at: Moment.nullish(),
  }),
  account_name: z.string().nullish(),
  total_taxes: z.array(Tax).nullish(),
  total_discount_amounts: z.array(z.object({ amount: Minor })).nullish(),
  // Discounts stand here once more.
  total_pretax_credit_amounts: z.array(z.object({ amount: Minor, type: z.string() })).nullish(),
  subtotal: Minor,
  total: Minor,
  starting_balance: Minor,
  amount_due: Minor,
  amount_paid: Minor,
  amount_remaining: Minor,
  hosted_invoice_url: z.string().nullish(),
});

// Decimals are objects in answers of the API and text elsewhere: both print alike.
const Line = z.object({
  id: z.string(),
  amount: Minor,
  description: z.string().nullish(),
  quantity_decimal: z.unknown().transform(value => (value === null || value === undefined ? '1' : String(value))),
  period: z.object({ start: Moment, end: Moment }),
  pricing: z.object({ price_details: z.object({ price: Linked }).nullish() }).nullish(),
  parent: z
    .object({
      invoice_item_details: z.object({ proration: z.boolean() }).nullish(),
      subscription_item_details: z.object({ proration: z.boolean() }).nullish(),
    })
    .nullish(),
});

async function readInvoice(client: Stripe, id: string): Promise<BilledInvoice> {
  const invoice = Invoice.parse(await client.invoices.retrieve(id));
  const lines: InvoicedLine[] = [];
  for await (const line of client.invoices.listLineItems(id, { limit: 100 })) lines.push(lineOf(Line.parse(line)));
  const taxes = await Promise.all((invoice.total_taxes ?? []).map(tax => taxOf(client, tax)));
  return {
    id: invoice.id,
    customer: invoice.customer,
    status: invoice.status,
    reason: REASONS.get(invoice.billing_reason ?? '') ?? 'other',
    subscription: invoice.parent?.subscription_details?.subscription,
    number: invoice.number ?? undefined,
    currency: invoice.currency,
    periodEnd: invoice.period_end,
    createdAt: invoice.created,
    finalisedAt: invoice.status_transitions.finalized_at ?? undefined,
    dueAt: invoice.collection_method === 'send_invoice' ? (invoice.due_date ?? undefined) : undefined,
    paidAt: invoice.status_transitions.paid_at ?? undefined,
    voidedAt: invoice.status_transitions.voided_at ?? undefined,
    seller: invoice.account_name ?? '',
    lines,
    taxes,
    subtotal: invoice.subtotal,
    discount: sumOf(invoice.total_discount_amounts),
    credit: sumOf(invoice.total_pretax_credit_amounts?.filter(({ type }) => type === 'credit_balance_transaction')),
    total: invoice.total,
    balance: invoice.starting_balance,
    asked: invoice.amount_due,
    paid: invoice.amount_paid,
    remaining: invoice.amount_remaining,
    payUrl: invoice.hosted_invoice_url ?? undefined,
  };
}

const REASONS = new Map<string, BilledInvoice['reason']>([
  ['subscription_create', 'first'],
  ['subscription_cycle', 'cycle'],
]);

function sumOf(amounts: readonly { readonly amount: bigint }[] | null | undefined): bigint {
  return (amounts ?? []).reduce((sum, { amount }) => sum + amount, 0n);
}

function lineOf(line: z.output<typeof Line>): InvoicedLine {
  const { parent } = line;
  return {
    id: line.id,
    price: line.pricing?.price_details?.price,
    quantity: line.quantity_decimal,
    amount: line.amount,
    description: line.description ?? '',
    isProration: (parent?.subscription_item_details ?? parent?.invoice_item_details)?.proration ?? false,
    period: line.period,
  };
}

/** Name and percentage stand on the rate, not on the invoice. */
async function taxOf(client: Stripe, tax: z.output<typeof Tax>): Promise<InvoicedTax> {
  const id = tax.tax_rate_details?.tax_rate;
  const rate = id === undefined ? undefined : await client.taxRates.retrieve(id);
  return {
    name: rate?.display_name ?? '',
    rate: String(rate?.percentage ?? 0),
    base: tax.taxable_amount ?? 0n,
    amount: tax.amount,
    inclusive: tax.tax_behavior === 'inclusive',
  };
}

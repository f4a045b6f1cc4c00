import type Stripe from 'stripe';
import * as z from 'zod';
import { ADJUSTMENT_SECTIONS } from '#shared/adjustments/adjustment.ts';
import type {
  BilledInvoice,
  BilledInvoices,
  InvoicedLine,
  InvoicedTax,
} from '#shared/invoicing/issue/billed-invoice.ts';
import {
  ADJUSTMENT,
  BillingReason,
  CollectionMethod,
  Currency,
  InvoiceParent,
  InvoiceStatus,
  Linked,
  MinorUnits,
  Moment,
  QuantityDecimal,
  SECTION,
} from './fields.ts';
import { callingStripe } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Stripe's invoices, as bills need them. */
export function stripeBilledInvoices(stripe: StripeSource): BilledInvoices {
  return { read: invoice => callingStripe(async () => readInvoice(await stripe(), invoice)) };
}

const Tax = z.object({
  amount: MinorUnits,
  taxable_amount: MinorUnits.nullish(),
  tax_behavior: z.string(),
  tax_rate_details: z.object({ tax_rate: Linked }).nullish(),
});

const Payment = z.object({
  payment: z.object({ payment_intent: z.object({ status: z.string() }).nullish() }),
});

const Customer = z.object({
  id: z.string(),
  invoice_settings: z.object({ default_payment_method: Linked.nullish() }).nullish(),
  default_source: Linked.nullish(),
});

const Invoice = z.object({
  id: z.string(),
  customer: Customer,
  status: InvoiceStatus,
  billing_reason: BillingReason,
  parent: InvoiceParent,
  number: z.string().nullish(),
  currency: Currency,
  period_end: Moment,
  created: Moment,
  due_date: Moment.nullish(),
  collection_method: CollectionMethod,
  status_transitions: z.object({
    finalized_at: Moment.nullish(),
    paid_at: Moment.nullish(),
    voided_at: Moment.nullish(),
  }),
  account_name: z.string().nullish(),
  total_taxes: z.array(Tax).nullish(),
  total_discount_amounts: z.array(z.object({ amount: MinorUnits })).nullish(),
  // Discounts stand here once more.
  total_pretax_credit_amounts: z.array(z.object({ amount: MinorUnits, type: z.string() })).nullish(),
  subtotal: MinorUnits,
  total: MinorUnits,
  starting_balance: MinorUnits,
  amount_due: MinorUnits,
  amount_paid: MinorUnits,
  amount_remaining: MinorUnits,
  hosted_invoice_url: z.string().nullish(),
  attempted: z.boolean().nullish(),
  // Stripe puts them there when it is asked to.
  payments: z.object({ data: z.array(Payment) }).nullish(),
});

const Line = z.object({
  id: z.string(),
  amount: MinorUnits,
  description: z.string().nullish(),
  quantity_decimal: QuantityDecimal,
  period: z.object({ start: Moment, end: Moment }),
  pricing: z.object({ price_details: z.object({ price: Linked }).nullish() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  parent: z
    .object({
      invoice_item_details: z.object({ proration: z.boolean() }).nullish(),
      subscription_item_details: z.object({ proration: z.boolean() }).nullish(),
    })
    .nullish(),
});

/** Four properties deep: Stripe expands no further. */
const PAYMENTS = 'payments.data.payment.payment_intent';

async function readInvoice(client: Stripe, id: string): Promise<BilledInvoice> {
  const invoice = Invoice.parse(await client.invoices.retrieve(id, { expand: ['customer', PAYMENTS] }));
  const { customer } = invoice;
  const lines: InvoicedLine[] = [];
  for await (const line of client.invoices.listLineItems(id, { limit: 100 })) lines.push(lineOf(Line.parse(line)));
  const taxes = await Promise.all((invoice.total_taxes ?? []).map(tax => taxOf(client, tax)));
  return {
    id: invoice.id,
    customer: invoice.customer.id,
    status: invoice.status,
    reason: invoice.billing_reason,
    subscription: invoice.parent,
    number: invoice.number ?? undefined,
    currency: invoice.currency,
    periodEnd: invoice.period_end,
    createdAt: invoice.created,
    finalisedAt: invoice.status_transitions.finalized_at ?? undefined,
    dueAt: invoice.collection_method === 'invoice' ? (invoice.due_date ?? undefined) : undefined,
    hasMethod: (customer.invoice_settings?.default_payment_method ?? customer.default_source ?? null) !== null,
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
    attempted: invoice.attempted ?? false,
    pending: (invoice.payments?.data ?? []).some(({ payment }) => payment.payment_intent?.status === 'processing'),
  };
}

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
    adjustment: adjustmentOf(line.metadata ?? {}),
    period: line.period,
  };
}

function adjustmentOf(metadata: Readonly<Record<string, string>>): InvoicedLine['adjustment'] {
  const id = metadata[ADJUSTMENT];
  const section = ADJUSTMENT_SECTIONS.find(known => known === metadata[SECTION]);
  return id === undefined || section === undefined ? undefined : { id, section };
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

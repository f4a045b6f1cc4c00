import type { MeteredEntry } from '../billing/metered-lines.ts';
import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { choice, inRange, pageParams, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import type { Address } from './address.ts';
import type { Customer, CustomField } from './customers.ts';
import { firstLines } from './invoice-lines.ts';
import type { Metadata } from './metadata.ts';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
export type BillingReason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';
export type CollectionMethod = 'charge_automatically' | 'send_invoice';

/** Customer data on an invoice: follows the customer while it is a draft, frozen afterwards. */
export interface CustomerDetails {
  readonly customer_address: Address | null;
  readonly customer_email: string | null;
  readonly customer_name: string | null;
  readonly customer_phone: string | null;
  readonly customer_tax_exempt: Customer['tax_exempt'];
}

/** Amounts in minor units, moments in Unix seconds. */
export interface Invoice {
  readonly id: string;
  readonly object: 'invoice';
  readonly amount_due: number;
  readonly amount_paid: number;
  readonly amount_paid_off_stripe: number;
  readonly amount_remaining: number;
  readonly attempt_count: number;
  readonly attempted: boolean;
  readonly auto_advance: boolean;
  readonly automatically_finalizes_at: number | null;
  readonly billing_reason: BillingReason;
  readonly collection_method: CollectionMethod;
  readonly created: number;
  readonly currency: string;
  readonly custom_fields: readonly CustomField[] | null;
  readonly customer: string;
  readonly description: string | null;
  readonly due_date: number | null;
  readonly effective_at: number | null;
  readonly ending_balance: number | null;
  readonly footer: string | null;
  readonly metadata: Metadata;
  readonly next_payment_attempt: number | null;
  readonly number: string | null;
  readonly parent: {
    readonly quote_details: null;
    readonly subscription_details: { readonly metadata: Metadata; readonly subscription: string };
    readonly type: 'subscription_details';
  };
  readonly period_start: number;
  readonly period_end: number;
  readonly starting_balance: number;
  readonly status: InvoiceStatus;
  readonly status_transitions: {
    readonly finalized_at: number | null;
    readonly marked_uncollectible_at: number | null;
    readonly paid_at: number | null;
    readonly voided_at: number | null;
  };
  readonly subtotal: number;
  readonly total: number;
  readonly webhooks_delivered_at: number | null;
  /** Not shown as they are. */
  readonly lineIds: readonly string[];
  readonly metered: readonly MeteredEntry[];
  /** The moment of finalisation was given by a call. */
  readonly isScheduled: boolean;
  readonly daysUntilDue: number | null;
  readonly frozenCustomer: CustomerDetails | null;
  /** Since when (Unix seconds) and how often it was tried again by itself; null before the first failure. */
  readonly retries: { readonly since: number; readonly done: number } | null;
}

const status = choice('draft', 'open', 'paid', 'uncollectible', 'void');

export const invoiceOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoices',
    params: {
      ...pageParams,
      collection_method: choice('charge_automatically', 'send_invoice').optional(),
      created: timeRange().optional(),
      customer: text().optional(),
      due_date: timeRange().optional(),
      status: status.optional(),
      subscription: text().optional(),
    },
    handle({ world, params: filter, path }) {
      const same = <Value>(wanted: Value | undefined, value: Value) => wanted === undefined || wanted === value;
      const invoices = newestFirst(
        world.store.all('invoice'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.due_date === undefined || (each.due_date !== null && inRange(filter.due_date, each.due_date))) &&
          same(filter.collection_method, each.collection_method) &&
          same(filter.customer, each.customer) &&
          same(filter.status, each.status) &&
          same(filter.subscription, each.parent.subscription_details.subscription),
      );
      return pageOf(invoices, filter, path, each => presentInvoice(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/invoices/{invoice}',
    params: {},
    handle: ({ world, ids }) => presentInvoice(world, invoiceOf(world, ids.invoice)),
  }),
];

export function invoiceOf(world: World, id: string): Invoice {
  const invoice = world.store.get('invoice', id);
  if (!invoice) throw noSuch('invoice', id, 'invoice');
  return invoice;
}

export function customerDetails(customer: Customer): CustomerDetails {
  return {
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone,
    customer_tax_exempt: customer.tax_exempt,
  };
}

export function presentInvoice(world: World, invoice: Invoice): Wire {
  const { lineIds, metered, isScheduled, daysUntilDue, frozenCustomer, retries, ...shown } = invoice;
  const customer = world.store.get('customer', invoice.customer);
  const details = frozenCustomer ?? (customer ? customerDetails(customer) : {});
  return { ...UNUSED, ...shown, ...details, ...links(world, invoice), lines: firstLines(world, invoice) };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  account_country: 'SE',
  account_name: 'Dunlin local',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_shipping: 0,
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  customer_account: null,
  customer_shipping: null,
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  from_invoice: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
} as const;

function links(world: World, invoice: Invoice): Wire {
  const total = { subtotal_excluding_tax: invoice.subtotal, total_excluding_tax: invoice.total };
  if (invoice.status === 'draft') return { ...total, hosted_invoice_url: null, invoice_pdf: null };
  const page = `${world.settings.address}/hosted/i/${invoice.id}`;
  return { ...total, hosted_invoice_url: page, invoice_pdf: `${page}/pdf` };
}

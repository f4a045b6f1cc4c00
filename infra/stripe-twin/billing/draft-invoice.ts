import { isListenedTo } from '../events/listeners.ts';
import { create, update } from '../events/recording.ts';
import { customerBehind } from '../objects/customers.ts';
import { priceFrom } from '../objects/prices.ts';
import { subscriptionOf } from '../objects/subscriptions.ts';
import type { InvoiceItem } from '../records/invoice-items.ts';
import type { BillingReason, Invoice } from '../records/invoices.ts';
import type { MeteredEntry } from '../records/metered-entry.ts';
import type { Span } from '../records/span.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { UNIT } from './fixed.ts';
import { type LineDraft, lineFrom } from './line-drafts.ts';
import { measureInvoice } from './measure-invoice.ts';
import { measuredLine } from './metered-lines.ts';
import { takeOneOff } from './one-off-items.ts';
import { keepsDrafts } from './paused-collection.ts';
import { graceEnd } from './plan-finalisation.ts';
import { countedCall } from './subscription-rates.ts';

/** What an invoice is to be made of; `lines` newest item first. */
export interface InvoicePlan {
  readonly subscription: string;
  readonly reason: BillingReason;
  /** The period whose usage it bills; on a first invoice just the start. */
  readonly period: Span;
  readonly lines: readonly PlannedLine[];
}

export type PlannedLine =
  | { readonly kind: 'fee'; readonly draft: LineDraft }
  | { readonly kind: 'usage'; readonly entry: MeteredEntry };

/**
 * Writes the draft, with everything that is pending for the subscription first. Where nothing would be on it, there is no
 * invoice (flexible billing mode).
 */
export function draftInvoice(world: World, plan: InvoicePlan): Invoice | undefined {
  const subscription = subscriptionOf(world, plan.subscription);
  const pending = pendingItems(world, subscription);
  if (pending.length === 0 && !plan.lines.some(line => hasLine(world, line))) return undefined;
  const counted = countedCall(world, subscription, 'invoices');
  const id = world.ids.next('in');
  const blank = newInvoice(world, id, subscription, plan);
  const waiting = pending.map(item => takePending(world, subscription, id, item));
  const planned = plan.lines.map(line => takePlanned(world, subscription, id, line));
  const invoice = measureInvoice(world, { ...blank, lineIds: [...waiting, ...planned] });
  create(world, 'invoice', 'invoice.created', invoice);
  update(world, 'subscription', 'customer.subscription.updated', { ...counted, latest_invoice: id });
  return invoice;
}

function hasLine(world: World, line: PlannedLine): boolean {
  return line.kind === 'fee' || measuredLine(world, line.entry) !== undefined;
}

/** Prorations and one-offs that wait, newest first. */
function pendingItems(world: World, { id, customer, currency }: Subscription): InvoiceItem[] {
  return [...world.store.all('invoiceitem')]
    .filter(item => item.invoice === null && item.customer === customer && item.currency === currency)
    .filter(item => item.subscription === id || item.subscription === null)
    .reverse();
}

function takePending(world: World, subscription: Subscription, invoice: string, item: InvoiceItem): string {
  if (item.price === null || item.subscriptionItem === null) return takeOneOff(world, { ...item, invoice }).id;
  const draft: LineDraft = {
    amount: item.amount,
    quantity: BigInt(item.quantity) * UNIT,
    price: priceFrom(world, item.price, 'price'),
    item: item.subscriptionItem,
    period: item.period,
    description: item.description ?? '',
    proration: true,
    invoiceItem: item.id,
    credited: item.credited,
  };
  update(world, 'invoiceitem', 'invoiceitem.updated', { ...item, invoice });
  return putLine(world, subscription, invoice, draft);
}

function takePlanned(world: World, subscription: Subscription, invoice: string, line: PlannedLine): string {
  return line.kind === 'usage' ? line.entry.lineId : putLine(world, subscription, invoice, line.draft);
}

function putLine(world: World, subscription: Subscription, invoice: string, draft: LineDraft): string {
  const id = world.ids.next('il');
  world.store.put('line_item', id, lineFrom(draft, id, invoice, subscription));
  return id;
}

function newInvoice(world: World, id: string, subscription: Subscription, plan: InvoicePlan): Invoice {
  const now = world.unixNow();
  const finalisesAt = keepsDrafts(subscription) ? null : graceEnd(world);
  return {
    id,
    object: 'invoice',
    amount_due: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: !keepsDrafts(subscription),
    automatically_finalizes_at: finalisesAt,
    billing_reason: plan.reason,
    collection_method: subscription.collection_method,
    created: now,
    currency: subscription.currency,
    custom_fields:
      subscription.invoice_settings.custom_fields ??
      customerBehind(world, subscription.customer).invoice_settings.custom_fields,
    customer: subscription.customer,
    description: subscription.invoice_settings.description,
    due_date: subscription.days_until_due === null ? null : now + subscription.days_until_due * 86_400,
    effective_at: null,
    ending_balance: null,
    footer:
      subscription.invoice_settings.footer ?? customerBehind(world, subscription.customer).invoice_settings.footer,
    last_finalization_error: null,
    metadata: {},
    next_payment_attempt: subscription.collection_method === 'charge_automatically' ? finalisesAt : null,
    number: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    period_start: plan.period.start,
    period_end: plan.period.end,
    starting_balance: 0,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    total: 0,
    webhooks_delivered_at: isListenedTo(world, 'invoice.created') ? null : now,
    lineIds: [],
    metered: plan.lines.flatMap(line => (line.kind === 'usage' ? [line.entry] : [])),
    isScheduled: false,
    daysUntilDue: subscription.days_until_due,
    frozenCustomer: null,
    retries: null,
  };
}

import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { customerBehind } from '../objects/customers.ts';
import { paymentsOf } from '../objects/invoice-payments.ts';
import { presentInvoice } from '../objects/invoices.ts';
import { hasEnded, subscriptionOf } from '../objects/subscriptions.ts';
import type { Invoice } from '../records/invoices.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { endSubscription } from './end-subscription.ts';
import { planCycle } from './plan-cycle.ts';
import { afterFailure, areRetriesOver, withoutRetry } from './retries.ts';

/**
 * Open or uncollectible → paid, by an attempt that succeeded, outside of Stripe, or because nothing is due. The
 * subscription is in good standing again.
 */
export function markPaid(world: World, invoice: Invoice, way: 'by charge' | 'out of band' = 'by charge'): Invoice {
  const now = world.unixNow();
  const outside = way === 'out of band';
  const attempted = invoice.amount_due > 0 && !outside;
  if (outside) cancelPayments(world, invoice, 'automatic');
  const paid = update(world, 'invoice', 'invoice.updated', {
    ...withoutRetry(world, invoice),
    amount_paid: invoice.amount_due,
    amount_paid_off_stripe: outside ? invoice.amount_due : 0,
    amount_remaining: 0,
    attempt_count: attempted ? Math.max(1, invoice.attempt_count) : invoice.attempt_count,
    attempted: true,
    auto_advance: false,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  });
  world.agenda.cancel('overdue', invoice.id);
  closePayments(world, paid, now);
  announce(world, 'invoice.paid', presentInvoice(world, paid));
  if (attempted) announce(world, 'invoice.payment_succeeded', presentInvoice(world, paid));
  setDelinquent(world, paid, false);
  reinstate(world, paid);
  return paid;
}

/** An attempt that failed: the invoice stays open and a running subscription is past due. */
export function fallBehind(world: World, invoice: Invoice, cause: 'first' | 'retry' | 'call'): Invoice {
  // The first attempt of any kind counts, afterwards only what Stripe does by itself.
  const counts = cause !== 'call' || invoice.attempt_count === 0;
  const counted = { ...invoice, attempted: true, attempt_count: invoice.attempt_count + (counts ? 1 : 0) };
  const open = invoice.status === 'open' ? afterFailure(world, counted, cause === 'retry') : counted;
  world.store.put('invoice', open.id, open);
  announce(world, 'invoice.payment_failed', presentInvoice(world, open));
  if (wantsAuthentication(world, open)) announce(world, 'invoice.payment_action_required', presentInvoice(world, open));
  announce(world, 'invoice.updated', presentInvoice(world, open), presentInvoice(world, invoice));
  setDelinquent(world, open, true);
  markPastDue(world, open);
  if (cause === 'retry' && areRetriesOver(world, open)) giveUp(world, open);
  return open;
}

/** Nothing was charged yet: the cardholder has to confirm it first. */
export function awaitCardholder(world: World, invoice: Invoice): Invoice {
  const waiting = { ...withoutRetry(world, invoice), attempted: true };
  world.store.put('invoice', waiting.id, waiting);
  announce(world, 'invoice.payment_action_required', presentInvoice(world, waiting));
  announce(world, 'invoice.updated', presentInvoice(world, waiting), presentInvoice(world, invoice));
  return waiting;
}

/** A debit is under way: nothing else is tried, and a subscription that waited for its first payment begins. */
export function awaitBank(world: World, invoice: Invoice): Invoice {
  const attempt_count = Math.max(1, invoice.attempt_count);
  const waiting = update(world, 'invoice', 'invoice.updated', {
    ...withoutRetry(world, invoice),
    attempted: true,
    attempt_count,
  });
  if (subscriptionBehind(world, waiting).status === 'incomplete') reinstate(world, waiting);
  return waiting;
}

/** After the last retry; one of the rule's outcomes, past due, is what the subscription is already. */
function giveUp(world: World, invoice: Invoice): void {
  const subscription = subscriptionBehind(world, invoice);
  const { outcome } = world.settings.retries;
  if (outcome === 'past_due' || hasEnded(subscription)) return;
  if (outcome === 'unpaid') {
    update(world, 'subscription', 'customer.subscription.updated', { ...subscription, status: 'unpaid' });
    return;
  }
  endSubscription(world, subscription, {}, 'payment_failed');
}

function wantsAuthentication(world: World, invoice: Invoice): boolean {
  const [payment] = paymentsOf(world, invoice.id);
  const intent = payment && world.store.get('payment_intent', payment.payment.payment_intent);
  return intent?.declined?.decline.code === 'authentication_required';
}

export function markPastDue(world: World, invoice: Invoice): void {
  const subscription = subscriptionBehind(world, invoice);
  if (subscription.status !== 'active' || subscription.latest_invoice !== invoice.id) return;
  update(world, 'subscription', 'customer.subscription.updated', { ...subscription, status: 'past_due' });
}

/** Open → uncollectible: a bad debt, which can still be paid. The subscription does not wait for it any longer. */
export function markUncollectible(world: World, invoice: Invoice): Invoice {
  const written = update(world, 'invoice', 'invoice.updated', {
    ...withoutRetry(world, invoice),
    auto_advance: false,
    status: 'uncollectible',
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: world.unixNow() },
  });
  world.agenda.cancel('overdue', invoice.id);
  announce(world, 'invoice.marked_uncollectible', presentInvoice(world, written));
  if (subscriptionBehind(world, written).status === 'past_due') reinstate(world, written);
  return written;
}

/** Open or uncollectible → void: as if it had never been issued. */
export function voidInvoice(world: World, invoice: Invoice): Invoice {
  const now = world.unixNow();
  const voided = update(world, 'invoice', 'invoice.updated', {
    ...withoutRetry(world, invoice),
    auto_advance: false,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: now },
  });
  world.agenda.cancel('overdue', invoice.id);
  cancelPayments(world, voided, 'void_invoice');
  announce(world, 'invoice.voided', presentInvoice(world, voided));
  return voided;
}

function reinstate(world: World, invoice: Invoice): void {
  const subscription = subscriptionBehind(world, invoice);
  const waiting = ['incomplete', 'past_due', 'unpaid'].includes(subscription.status);
  if (!waiting || subscription.latest_invoice !== invoice.id) return;
  world.agenda.cancel('expire', subscription.id);
  update(world, 'subscription', 'customer.subscription.updated', { ...subscription, status: 'active' });
  planCycle(world, subscription.id);
}

function closePayments(world: World, invoice: Invoice, now: number): void {
  for (const payment of paymentsOf(world, invoice.id).filter(each => each.status === 'open')) {
    const status_transitions = { canceled_at: null, paid_at: now };
    update(world, 'invoice_payment', 'invoice_payment.paid', {
      ...payment,
      amount_paid: invoice.amount_paid,
      status: 'paid',
      status_transitions,
    });
  }
}

function cancelPayments(world: World, invoice: Invoice, cancellation_reason: 'automatic' | 'void_invoice'): void {
  const now = world.unixNow();
  for (const payment of paymentsOf(world, invoice.id).filter(each => each.status === 'open')) {
    const status_transitions = { canceled_at: now, paid_at: null };
    world.store.put('invoice_payment', payment.id, { ...payment, status: 'canceled', status_transitions });
    const intent = world.store.get('payment_intent', payment.payment.payment_intent);
    if (!intent) continue;
    const canceled = { status: 'canceled', canceled_at: now, cancellation_reason } as const;
    update(world, 'payment_intent', 'payment_intent.canceled', { ...intent, ...canceled });
  }
}

function setDelinquent(world: World, invoice: Invoice, delinquent: boolean): void {
  const customer = customerBehind(world, invoice.customer);
  update(world, 'customer', 'customer.updated', { ...customer, delinquent });
}

function subscriptionBehind(world: World, invoice: Invoice): Subscription {
  return subscriptionOf(world, invoice.parent.subscription_details.subscription);
}

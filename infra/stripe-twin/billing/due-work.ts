import type { Instant } from '#shared/platform/instant.ts';
import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { invoiceOf, presentInvoice } from '../objects/invoices.ts';
import { subscriptionOf } from '../objects/subscriptions.ts';
import type { DueEntry } from '../records/due-entry.ts';
import type { World } from '../store/world.ts';
import { clearDebit } from './clear-debit.ts';
import { attemptPayment } from './collect-payment.ts';
import { runCycle } from './cycle.ts';
import { failFinalisation, finalisationError } from './fail-finalisation.ts';
import { finaliseInvoice } from './finalise-invoice.ts';
import { isNotCollected } from './paused-collection.ts';
import { markPastDue, voidInvoice } from './settle-invoice.ts';

/** Does what fell due up to now, in the order of its moments and each at its own; what comes of it may be due as well. */
export function runDueWork(world: World, now: Instant): void {
  for (let due = world.agenda.earliest(); due && due.at <= now; due = world.agenda.earliest()) {
    const entry = due;
    world.agenda.cancel(entry.kind, entry.subject);
    world.atMoment(entry.at, () => world.store.attempt(() => perform(world, entry)));
  }
}

function perform(world: World, { kind, subject }: DueEntry): void {
  switch (kind) {
    case 'cycle':
      runCycle(world, subject);
      break;
    case 'finalise':
      finaliseAndCollect(world, subject);
      break;
    case 'collect':
      collect(world, subject);
      break;
    case 'expire':
      expire(world, subject);
      break;
    case 'resume':
      resumeCollection(world, subject);
      break;
    case 'clear':
      clearDebit(world, subject);
      break;
    case 'overdue':
      becomeOverdue(world, subject);
      break;
    default:
      kind satisfies never;
  }
}

function finaliseAndCollect(world: World, id: string): void {
  const draft = invoiceOf(world, id);
  const error = finalisationError(world, draft);
  if (error) {
    failFinalisation(world, draft, error);
    return;
  }
  const invoice = finaliseInvoice(world, id);
  if (invoice.status !== 'open' || isNotCollected(world, invoice)) return;
  const isCharged = invoice.collection_method === 'charge_automatically' && invoice.auto_advance;
  if (isCharged) attemptPayment(world, id);
}

/** Invoices are collected again from now on; those that were not stay as they are. */
function resumeCollection(world: World, id: string): void {
  const subscription = subscriptionOf(world, id);
  update(world, 'subscription', 'customer.subscription.updated', { ...subscription, pause_collection: null });
}

/** The first attempt after a finalisation by call, or a retry. */
function collect(world: World, id: string): void {
  const invoice = invoiceOf(world, id);
  if (invoice.status !== 'open') return;
  attemptPayment(world, id, { cause: invoice.retries === null ? 'first' : 'retry' });
}

/** The first invoice was not paid in time: it is void, and the subscription is over before it began. */
function expire(world: World, id: string): void {
  const subscription = subscriptionOf(world, id);
  if (subscription.status !== 'incomplete') return;
  world.agenda.cancel('cycle', id);
  const invoice = subscription.latest_invoice === null ? undefined : invoiceOf(world, subscription.latest_invoice);
  if (invoice?.status === 'open') voidInvoice(world, invoice);
  const ended_at = world.unixNow();
  update(world, 'subscription', 'customer.subscription.updated', {
    ...subscription,
    status: 'incomplete_expired',
    ended_at,
  });
}

/** An invoice that was sent and not paid by its due date. */
function becomeOverdue(world: World, id: string): void {
  const invoice = invoiceOf(world, id);
  if (invoice.status !== 'open') return;
  announce(world, 'invoice.overdue', presentInvoice(world, invoice));
  markPastDue(world, invoice);
}

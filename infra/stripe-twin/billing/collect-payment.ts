import { create, update } from '../events/recording.ts';
import { customerBehind } from '../objects/customers.ts';
import { paymentsOf } from '../objects/invoice-payments.ts';
import { invoiceOf } from '../objects/invoices.ts';
import { cardOf, debitOf } from '../objects/payment-methods.ts';
import { hasEnded, subscriptionOf } from '../objects/subscriptions.ts';
import type { Charge } from '../records/charges.ts';
import type { Invoice } from '../records/invoices.ts';
import type { PaymentIntent } from '../records/payment-intents.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { Decline, TestDebit } from '../records/test-cards.ts';
import type { World } from '../store/world.ts';
import { openDispute } from './open-dispute.ts';
import { isTriedAgain } from './retries.ts';
import { awaitBank, awaitCardholder, fallBehind, markPaid } from './settle-invoice.ts';

/** The payment intent and the invoice payment that every invoice with something due gets at finalisation. */
export function openPayment(world: World, invoice: Invoice): void {
  const id = world.ids.next('pi');
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    amount: invoice.amount_due,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${world.ids.characters('secret', 24)}`,
    created: world.unixNow(),
    currency: invoice.currency,
    customer: invoice.customer,
    description: invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
    latest_charge: null,
    payment_method: null,
    status: 'requires_payment_method',
    declined: null,
  };
  create(world, 'payment_intent', 'payment_intent.created', intent);
  const payment = world.ids.next('inpay');
  world.store.put('invoice_payment', payment, {
    id: payment,
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.unixNow(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/** Who attempts a payment, and how. */
export interface Attempt {
  readonly cause: 'first' | 'retry' | 'call';
  /** Default: what Stripe would take. */
  readonly method?: PaymentMethod;
  /** Who is there: nobody, somebody who has not been asked yet, or somebody who authenticates the payment. Default: nobody. */
  readonly presence?: 'off session' | 'on session' | 'authenticated';
}

/** One attempt. Declined or without a method: the invoice stays open. */
export function attemptPayment(world: World, invoiceId: string, attempt: Attempt = { cause: 'first' }): Invoice {
  const invoice = invoiceOf(world, invoiceId);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') return invoice;
  const intent = intentOf(world, invoice);
  const method = attempt.method ?? methodFor(world, invoice);
  if (intent.status === 'processing') return invoice;
  if (!method || (attempt.cause === 'retry' && isHopeless(intent, method)))
    return fallBehind(world, invoice, attempt.cause);
  const debit = debitOf(method);
  if (debit) return startDebit(world, invoice, intent, method, debit);
  const decline = declineFor(method, attempt);
  if (decline) return refused(world, invoice, { intent, method, decline, attempt });
  const charge = newCharge(world, intent, method, 'succeeded');
  create(world, 'charge', 'charge.succeeded', charge);
  const paid = {
    amount_received: intent.amount,
    payment_method: method.id,
    status: 'succeeded',
    declined: null,
  } as const;
  update(world, 'payment_intent', 'payment_intent.succeeded', { ...intent, ...paid, latest_charge: charge.id });
  keepMethod(world, invoice, method);
  const settled = markPaid(world, invoice);
  if (cardOf(method).isDisputed) openDispute(world, charge);
  return settled;
}

/**
 * Where the subscription asks for it, the method that paid is attached to the customer and becomes the subscription's own.
 * Otherwise a card from the invoice's page pays once and is not kept.
 */
function keepMethod(world: World, invoice: Invoice, method: PaymentMethod): void {
  const subscription = subscriptionOf(world, invoice.parent.subscription_details.subscription);
  if (subscription.save_default_payment_method === 'off' || hasEnded(subscription)) return;
  if (method.customer === null) {
    update(world, 'payment_method', 'payment_method.attached', { ...method, customer: invoice.customer });
  }
  const kept = { ...subscription, default_payment_method: method.id };
  update(world, 'subscription', 'customer.subscription.updated', kept);
}

interface Refused {
  readonly intent: PaymentIntent;
  readonly method: PaymentMethod;
  readonly decline: Decline;
  readonly attempt: Attempt;
}

/** A bank that wants the cardholder leaves the intent waiting; where the cardholder is there, it does not even refuse. */
function refused(world: World, invoice: Invoice, { intent, method, decline, attempt }: Refused): Invoice {
  const wantsCardholder = decline.code === 'authentication_required';
  const waiting = wantsCardholder ? ({ status: 'requires_action', payment_method: method.id } as const) : {};
  if (wantsCardholder && attempt.presence === 'on session') {
    update(world, 'payment_intent', 'payment_intent.requires_action', { ...intent, ...waiting, declined: null });
    return awaitCardholder(world, invoice);
  }
  const charge = newCharge(world, intent, method, 'failed', decline);
  const declined = { decline, charge: charge.id, paymentMethod: method.id };
  update(world, 'payment_intent', 'payment_intent.payment_failed', {
    ...intent,
    payment_method: null,
    status: 'requires_payment_method',
    ...waiting,
    latest_charge: charge.id,
    declined,
  });
  create(world, 'charge', 'charge.failed', charge);
  return fallBehind(world, invoice, attempt.cause);
}

/** The bank will tell in days. The invoice stays open until then, and the subscription runs. */
function startDebit(
  world: World,
  invoice: Invoice,
  intent: PaymentIntent,
  method: PaymentMethod,
  { clearsAfterMs }: TestDebit,
): Invoice {
  const charge = newCharge(world, intent, method, 'pending');
  const processing = { payment_method: method.id, status: 'processing', declined: null } as const;
  update(world, 'payment_intent', 'payment_intent.processing', {
    ...intent,
    ...processing,
    latest_charge: charge.id,
  });
  create(world, 'charge', 'charge.pending', charge);
  world.agenda.plan('clear', charge.id, world.now() + clearsAfterMs);
  return awaitBank(world, invoice);
}

/** The same method as when the bank said that there is no use in trying: a retry in name only, without a charge. */
function isHopeless({ declined }: PaymentIntent, method: PaymentMethod): boolean {
  return declined?.paymentMethod === method.id && !isTriedAgain(declined.decline.decline_code);
}

/** A card that wants authentication is charged when somebody is there to give it. */
function declineFor(method: PaymentMethod, { presence }: Attempt): Decline | null {
  const { decline = null } = cardOf(method);
  return presence === 'authenticated' && decline?.code === 'authentication_required' ? null : decline;
}

export function intentOf(world: World, invoice: Invoice): PaymentIntent {
  const payment = paymentsOf(world, invoice.id).find(each => each.is_default);
  const intent = payment && world.store.get('payment_intent', payment.payment.payment_intent);
  if (!intent) throw new Error(`${invoice.id} has no payment intent`);
  return intent;
}

/** The subscription's own method, else the customer's default. */
export function methodFor(world: World, invoice: Invoice): PaymentMethod | undefined {
  const own = subscriptionOf(world, invoice.parent.subscription_details.subscription).default_payment_method;
  const id = own ?? customerBehind(world, invoice.customer).invoice_settings.default_payment_method;
  return id === null ? undefined : world.store.get('payment_method', id);
}

function newCharge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  status: Charge['status'],
  decline: Decline | null = null,
): Charge {
  return {
    id: world.ids.next('ch'),
    object: 'charge',
    amount: intent.amount,
    created: world.unixNow(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    payment_intent: intent.id,
    payment_method: method.id,
    status,
    decline,
  };
}

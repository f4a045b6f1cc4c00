import type { Charge } from '../resources/charges.ts';
import { customerFrom } from '../resources/customers.ts';
import { paymentsOf } from '../resources/invoice-payments.ts';
import { type Invoice, invoiceOf } from '../resources/invoices.ts';
import type { PaymentIntent } from '../resources/payment-intents.ts';
import { cardOf, type PaymentMethod } from '../resources/payment-methods.ts';
import { create, update } from '../resources/recording.ts';
import { subscriptionOf } from '../resources/subscriptions.ts';
import type { Decline } from '../resources/test-cards.ts';
import type { World } from '../world.ts';
import { fallBehind, markPaid } from './settle-invoice.ts';

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

/** One attempt on the method that Stripe would take. Declined or without a method: the invoice stays open. */
export function attemptPayment(world: World, invoiceId: string): Invoice {
  const invoice = invoiceOf(world, invoiceId);
  if (invoice.status !== 'open') return invoice;
  const intent = intentOf(world, invoice);
  const method = methodFor(world, invoice);
  if (!method) return fallBehind(world, invoice);
  const decline = cardOf(method).decline ?? null;
  const charge = newCharge(world, intent, method, decline);
  create(world, 'charge', decline ? 'charge.failed' : 'charge.succeeded', charge);
  if (decline) {
    const declined = { decline, charge: charge.id, paymentMethod: method.id };
    update(world, 'payment_intent', 'payment_intent.payment_failed', { ...intent, latest_charge: charge.id, declined });
    return fallBehind(world, invoice);
  }
  const paid = {
    amount_received: intent.amount,
    payment_method: method.id,
    status: 'succeeded',
    declined: null,
  } as const;
  update(world, 'payment_intent', 'payment_intent.succeeded', { ...intent, ...paid, latest_charge: charge.id });
  return markPaid(world, invoice);
}

/** Why the last attempt failed, where a bank refused. */
export function declineOf(world: World, invoice: Invoice): Decline | null {
  return intentOf(world, invoice).declined?.decline ?? null;
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
  const id = own ?? customerFrom(world, invoice.customer).invoice_settings.default_payment_method;
  return id === null ? undefined : world.store.get('payment_method', id);
}

function newCharge(world: World, intent: PaymentIntent, method: PaymentMethod, decline: Decline | null): Charge {
  return {
    id: world.ids.next('ch'),
    object: 'charge',
    amount: intent.amount,
    created: world.unixNow(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    payment_intent: intent.id,
    payment_method: method.id,
    status: decline ? 'failed' : 'succeeded',
    decline,
  };
}

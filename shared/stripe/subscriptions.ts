import type Stripe from 'stripe';
import * as z from 'zod';
import type {
  Proration,
  ProviderOrder,
  Subscription,
  Subscriptions,
} from '#shared/accounts/provisioning/billing-provider.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { type Instant, type Period, SECOND } from '#shared/platform/instant.ts';
import { ACCOUNT_TAG } from './customers.ts';
import { Linked } from './fields.ts';
import { hasNoSource } from './refusal-codes.ts';
import { callingStripe } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';
import { changeParams, Item, partsParams, subscriptionParts, WITH_DISCOUNTS } from './subscription-parts.ts';

const DAYS_UNTIL_DUE = 30;

export function stripeSubscriptions(stripe: StripeSource): Subscriptions {
  return {
    create: (account, customer, order, identity) =>
      callingStripe(async () => {
        const client = await stripe();
        const params = createParams(account, customer, order);
        return complete(client, await begin(client, params, identity));
      }),

    find: (account, customer) =>
      callingStripe(async () => {
        const client = await stripe();
        for await (const found of client.subscriptions.list({ customer, limit: 100, expand: ['data.discounts'] })) {
          const ours = found.metadata[ACCOUNT_TAG] === account;
          if (ours && STATUS[found.status] !== 'expired' && STATUS[found.status] !== 'ended') {
            return complete(client, found);
          }
        }
        return undefined;
      }),

    read: id =>
      callingStripe(async () => {
        const client = await stripe();
        return complete(client, await client.subscriptions.retrieve(id, { expand: WITH_DISCOUNTS }));
      }),

    change: (current, changes, proration, identity) =>
      callingStripe(async () => {
        const client = await stripe();
        const params: Stripe.SubscriptionUpdateParams = {
          ...changeParams(current, changes),
          ...prorationParams(proration),
          expand: WITH_DISCOUNTS,
        };
        return complete(client, await client.subscriptions.update(current.id, params, { idempotencyKey: identity }));
      }),

    refusedMethods: id =>
      callingStripe(async () => {
        const client = await stripe();
        return refusedMethods(client, await client.subscriptions.retrieve(id, { expand: WITH_PAYMENTS }));
      }),

    payFirstInvoice: (id, identity) =>
      callingStripe(async () => {
        const client = await stripe();
        await payUnlessDeclined(client, await client.subscriptions.retrieve(id), identity);
        return complete(client, await client.subscriptions.retrieve(id, { expand: WITH_DISCOUNTS }));
      }),

    setCollectionMethod: (id, collection) =>
      callingStripe(async () => {
        const client = await stripe();
        return complete(
          client,
          await client.subscriptions.update(id, { ...collectionParams(collection), expand: WITH_DISCOUNTS }),
        );
      }),
  };
}

/**
 * Stripe refuses to begin where there is nothing to charge to, except if it is told not to try. The refusal is kept under
 * the identity, so the second call has one of its own; a repeat finds both answers again.
 */
async function begin(client: Stripe, params: Stripe.SubscriptionCreateParams, identity: string) {
  try {
    return await client.subscriptions.create(params, { idempotencyKey: identity });
  } catch (error) {
    if (!hasNothingToChargeTo(error)) throw error;
    const unpaid = { ...params, payment_behavior: 'default_incomplete' } as const;
    return client.subscriptions.create(unpaid, { idempotencyKey: `${identity}:unpaid` });
  }
}

const WITH_PAYMENTS = ['latest_invoice.payments'];

const Paid = z.object({
  payments: z
    .object({ data: z.array(z.object({ payment: z.object({ payment_intent: Linked.nullish() }) })) })
    .nullish(),
});
const Refused = z.object({
  last_payment_error: z.object({ payment_method: z.object({ id: z.string() }).nullish() }).nullish(),
});

/** The refused charges, and the last refusal without one: the bank wants the payment to be confirmed. */
async function refusedMethods(client: Stripe, { latest_invoice }: Stripe.Subscription): Promise<string[]> {
  const payments = Paid.safeParse(latest_invoice).data?.payments?.data ?? [];
  const refused = new Set<string>();
  for (const { payment } of payments) {
    if (!payment.payment_intent) continue;
    const { last_payment_error } = Refused.parse(await client.paymentIntents.retrieve(payment.payment_intent));
    if (last_payment_error?.payment_method) refused.add(last_payment_error.payment_method.id);
    for await (const charge of client.charges.list({ payment_intent: payment.payment_intent, limit: 100 })) {
      if (charge.status === 'failed' && charge.payment_method !== null) refused.add(charge.payment_method);
    }
  }
  return [...refused];
}

/** A decline is an answer: the subscription stays as it is. */
async function payUnlessDeclined(client: Stripe, { latest_invoice }: Stripe.Subscription, identity: string) {
  const invoice = typeof latest_invoice === 'string' ? latest_invoice : latest_invoice?.id;
  if (invoice === undefined) return;
  try {
    await client.invoices.pay(invoice, {}, { idempotencyKey: identity });
  } catch (error) {
    if (!isDeclined(error)) throw error;
  }
}

function isDeclined(error: unknown): boolean {
  return z.object({ type: z.literal('StripeCardError') }).safeParse(error).success;
}

/** Stripe gives the same code for any id that names nothing, but then with a `param`; only the message tells. */
function hasNothingToChargeTo(error: unknown): boolean {
  const { code, message } = NothingToChargeTo.safeParse(error).data ?? {};
  return code === 'resource_missing' && hasNoSource(message ?? '');
}

const NothingToChargeTo = z.object({ code: z.string(), message: z.string() });

function createParams(account: string, customer: string, order: ProviderOrder): Stripe.SubscriptionCreateParams {
  return {
    customer,
    currency: order.currency.toLowerCase(),
    ...partsParams(order.parts),
    billing_mode: { type: 'flexible' },
    billing_cycle_anchor: seconds(order.anchor),
    proration_behavior: 'create_prorations',
    ...(order.backdatedTo !== undefined && { backdate_start_date: seconds(order.backdatedTo) }),
    ...collectionParams(order.collection),
    ...(order.collection === 'automatic' && { payment_behavior: 'allow_incomplete', off_session: true }),
    metadata: { [ACCOUNT_TAG]: account },
    expand: WITH_DISCOUNTS,
  };
}

function prorationParams(proration: Proration): Stripe.SubscriptionUpdateParams {
  if (proration === 'none') return { proration_behavior: 'none' };
  return {
    proration_behavior: 'create_prorations',
    ...(proration !== 'now' && { proration_date: seconds(proration.since) }),
  };
}

/**
 * Who pays by a link stays payable: without the setting (`off` by default) Stripe forgets the card that paid. A sent
 * invoice is paid by hand each time, so nothing is kept that is not needed (GDPR article 5(1)(c)).
 */
function collectionParams(collection: AccountItem['collection']) {
  return collection === 'automatic'
    ? ({
        collection_method: 'charge_automatically',
        payment_settings: { save_default_payment_method: 'on_subscription' },
      } as const)
    : ({
        collection_method: 'send_invoice',
        days_until_due: DAYS_UNTIL_DUE,
        payment_settings: { save_default_payment_method: 'off' },
      } as const);
}

/**
 * One that is past due or unpaid goes on making invoices; the first invoice of an incomplete one can be paid for 23 hours
 * (docs.stripe.com/billing/subscriptions/overview, subscription statuses).
 */
const STATUS: Readonly<Record<string, Subscription['status']>> = {
  active: 'live',
  trialing: 'live',
  past_due: 'live',
  unpaid: 'live',
  incomplete: 'unpaid',
  incomplete_expired: 'expired',
  canceled: 'ended',
  paused: 'ended',
};

/** Stripe's object holds the first ten items only; the rest is fetched. */
async function complete(client: Stripe, found: Stripe.Subscription): Promise<Subscription> {
  const items = found.items.has_more
    ? await Array.fromAsync(client.subscriptionItems.list({ subscription: found.id, limit: 100 }))
    : found.items.data;
  return subscriptionOf(found, z.array(Item).min(1).parse(items));
}

function subscriptionOf(found: Stripe.Subscription, items: readonly Item[]): Subscription {
  const status = STATUS[found.status];
  if (status === undefined)
    throw new RangeError(`Stripe has a subscription status that is not known here: ${found.status}`);
  return {
    id: found.id,
    status,
    collection: found.collection_method === 'send_invoice' ? 'invoice' : 'automatic',
    keepsMethod: found.payment_settings?.save_default_payment_method === 'on_subscription',
    parts: subscriptionParts(found, items),
    period: currentPeriod(items),
  };
}

/** Of the item that is charged next: a yearly one may stand beside ours. */
function currentPeriod(items: readonly Item[]): Period {
  const [next] = items.toSorted((a, b) => a.current_period_end - b.current_period_end);
  if (next === undefined) throw new RangeError('A subscription without items.');
  return { start: next.current_period_start * SECOND, end: next.current_period_end * SECOND };
}

function seconds(at: Instant): number {
  return Math.floor(at / SECOND);
}

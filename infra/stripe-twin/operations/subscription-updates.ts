import type * as z from 'zod';
import { changeItems, type ItemChange } from '../billing/change-subscription.ts';
import { update } from '../events/recording.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import { changeableSubscription, hasEnded, presentSubscription, subscriptionOf } from '../objects/subscriptions.ts';
import type { PausedCollection, Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { type ApiError, invalidRequest } from '../wire/errors.ts';
import { choice, clearable, flag, integer, listOf, metadata, params, text, unixTime } from '../wire/params.ts';
import { operation } from './operation.ts';
import { collectionFor, ownMethod } from './subscription-creation.ts';
import { subscriptionParams } from './subscription-params.ts';

const itemParams = params({
  clear_usage: flag().optional(),
  deleted: flag().optional(),
  id: text().optional(),
  metadata: metadata().optional(),
  price: text().optional(),
  quantity: integer({ min: 0 }).optional(),
});

export const subscriptionUpdate = operation({
  method: 'POST',
  path: '/v1/subscriptions/{subscription}',
  params: {
    ...subscriptionParams,
    billing_cycle_anchor: params({ type: choice('unchanged') }).optional(),
    items: listOf(itemParams).optional(),
    pause_collection: clearable(
      params({ behavior: choice('keep_as_draft', 'mark_uncollectible', 'void'), resumes_at: unixTime().optional() }),
    ).optional(),
    proration_date: unixTime().optional(),
  },
  handle({ world, params: fields, ids }) {
    const standing = subscriptionOf(world, ids.subscription);
    const { metadata: newMetadata, items, payment_behavior, proration_behavior, proration_date, ...rest } = fields;
    if (hasEnded(standing) && (items !== undefined || Object.keys(rest).length > 0)) changeableSubscription(standing);
    const changed: Subscription = {
      ...standing,
      ...collectionChange(standing, rest),
      ...cancellationChange(world, standing, rest.cancel_at_period_end),
      default_payment_method:
        rest.default_payment_method === undefined
          ? standing.default_payment_method
          : ownMethod(world, standing.customer, rest.default_payment_method),
      description: given(rest.description, standing.description),
      invoice_settings: {
        ...standing.invoice_settings,
        custom_fields: given(rest.invoice_settings?.custom_fields, standing.invoice_settings.custom_fields),
        description: given(rest.invoice_settings?.description, standing.invoice_settings.description),
        footer: given(rest.invoice_settings?.footer, standing.invoice_settings.footer),
      },
      metadata: mergeMetadata(standing.metadata, newMetadata),
      pause_collection: pauseChange(world, standing, rest.pause_collection),
      save_default_payment_method:
        rest.payment_settings?.save_default_payment_method ?? standing.save_default_payment_method,
    };
    update(world, 'subscription', 'customer.subscription.updated', changed);
    if (items && items.length > 0) {
      const proration = { off_session: rest.off_session, payment_behavior, proration_behavior, proration_date };
      changeItems(world, changeableSubscription(changed), items.map(changeOf), proration);
    }
    return presentSubscription(world, subscriptionOf(world, standing.id));
  },
});

/** docs.stripe.com/billing/subscriptions/billing-mode/compare: a metered item that goes is billed for what was used. */
export function refuseClearing(param: string): ApiError {
  const message = 'You cannot pass `clear_usage` for a subscription whose `billing_mode` is `flexible`.';
  return invalidRequest(message, { param });
}

interface PauseWish {
  readonly behavior: PausedCollection['behavior'];
  readonly resumes_at?: number | undefined;
}

/** `null` goes on collecting. @throws ApiError 400 for a resumption in the past */
function pauseChange(
  world: World,
  standing: Subscription,
  wish: PauseWish | null | undefined,
): PausedCollection | null {
  if (wish === undefined) return standing.pause_collection;
  world.agenda.cancel('resume', standing.id);
  if (wish === null) return null;
  const { behavior, resumes_at = null } = wish;
  if (resumes_at !== null && resumes_at <= world.unixNow()) {
    throw invalidRequest('`resumes_at` must be in the future.', { param: 'pause_collection[resumes_at]' });
  }
  if (resumes_at !== null) world.agenda.plan('resume', standing.id, resumes_at * 1_000);
  return { behavior, resumes_at };
}

type ItemParams = z.output<typeof itemParams>;

/** With an id it changes or removes that item, without one it adds a price. */
function changeOf({ id, deleted, clear_usage, price, quantity, metadata }: ItemParams, index: number): ItemChange {
  if (clear_usage) throw refuseClearing(`items[${index}][clear_usage]`);
  if (id !== undefined && deleted) return { kind: 'remove', item: id };
  if (id !== undefined) return { kind: 'change', item: id, price, quantity, metadata };
  if (price === undefined)
    throw invalidRequest(`Missing required param: items[${index}][price].`, {
      param: 'items',
      code: 'parameter_missing',
    });
  return { kind: 'add', price, quantity, metadata };
}

type Collection = Pick<Subscription, 'collection_method' | 'days_until_due'>;

function collectionChange(
  standing: Subscription,
  wishes: { collection_method?: Subscription['collection_method'] | undefined; days_until_due?: number | undefined },
): Collection {
  if (wishes.collection_method === undefined && wishes.days_until_due === undefined) return standing;
  const collection_method = wishes.collection_method ?? standing.collection_method;
  const inherited = collection_method === 'send_invoice' ? (standing.days_until_due ?? undefined) : undefined;
  return collectionFor({ collection_method, days_until_due: wishes.days_until_due ?? inherited });
}

function cancellationChange(
  world: World,
  standing: Subscription,
  atPeriodEnd: boolean | undefined,
): Partial<Subscription> {
  if (atPeriodEnd === undefined || atPeriodEnd === standing.cancel_at_period_end) return {};
  const details = { comment: null, feedback: null, feedback_option: null };
  if (!atPeriodEnd) {
    return { cancel_at_period_end: false, canceled_at: null, cancellation_details: { ...details, reason: null } };
  }
  const reason = 'cancellation_requested' as const;
  return { cancel_at_period_end: true, canceled_at: world.unixNow(), cancellation_details: { ...details, reason } };
}

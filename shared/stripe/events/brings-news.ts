import * as z from 'zod';
import { isStopped } from '../draft-holder.ts';
import { changedQuantities, Item } from '../subscription-parts.ts';

/** The part of an update that tells whether anything here depends on it. */
const Update = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({
      status: z.string().nullish(),
      auto_advance: z.boolean().nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
      items: z.unknown().optional(),
    }),
    previous_attributes: z.record(z.string(), z.unknown()),
  }),
});

/** What changes with each period: the draft that comes with it has an event of its own, `invoice.created`. */
const CHANGES_WITH_A_PERIOD = new Set(['items', 'latest_invoice', 'current_period_start', 'current_period_end']);

/**
 * Whether a delivered event may lead to anything. Three of nine events of an ordinary period do not, and would cost a
 * message, a claim and a look at Stripe each:
 * - an update of a draft that goes on by itself or is held by us: when it is final, `invoice.finalized` comes;
 * - a subscription that began its next period, and no more. Nothing waits for that but for its status, its card, and a
 *   quantity that a person has changed.
 *
 * Whatever this cannot read may be news.
 */
export function bringsNews(payload: unknown): boolean {
  const update = Update.safeParse(payload);
  if (!update.success) return true;
  const { type, data } = update.data;
  const { object, previous_attributes: previous } = data;
  if (type === 'invoice.updated') return object.status !== 'draft' || isStopped(object);
  if (type !== 'customer.subscription.updated' || isByHand(object.items) || isByHand(previous.items)) return true;
  return Object.keys(previous).some(changed => !CHANGES_WITH_A_PERIOD.has(changed));
}

const Items = z.object({ data: z.array(Item) });

/** Among the items of a subscription is one whose quantity a person changed. */
function isByHand(items: unknown): boolean {
  return changedQuantities(Items.safeParse(items).data?.data ?? []).length > 0;
}

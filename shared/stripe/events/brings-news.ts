import * as z from 'zod';

/** The part of an update that tells whether anything here depends on it. */
const Update = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({ status: z.string().nullish() }),
    previous_attributes: z.record(z.string(), z.unknown()),
  }),
});

/** What changes with each period: the draft that comes with it has an event of its own, `invoice.created`. */
const CHANGES_WITH_A_PERIOD = new Set(['items', 'latest_invoice', 'current_period_start', 'current_period_end']);

/**
 * Whether a delivered event may lead to anything. Three of nine events of an ordinary period do not, and would cost a
 * message, a claim and a look at Stripe each:
 * - an update of a draft: when it is final, `invoice.finalized` comes;
 * - a subscription that began its next period, and no more. Nothing waits for that but for its status and its card.
 *
 * Whatever this cannot read may be news.
 */
export function bringsNews(payload: unknown): boolean {
  const update = Update.safeParse(payload);
  if (!update.success) return true;
  const { type, data } = update.data;
  if (type === 'invoice.updated') return data.object.status !== 'draft';
  if (type !== 'customer.subscription.updated') return true;
  return Object.keys(data.previous_attributes).some(changed => !CHANGES_WITH_A_PERIOD.has(changed));
}

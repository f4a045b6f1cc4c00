import type { RecentCalls, Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { ApiError } from '../wire/errors.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** What calls may do to one subscription (docs.stripe.com/rate-limits); what Stripe does by itself does not count. */
const LIMITS = {
  quantities: [{ atMost: 200, within: HOUR_SECONDS, what: 'quantity updates an hour' }],
  invoices: [
    { atMost: 10, within: MINUTE_SECONDS, what: 'new invoices a minute' },
    { atMost: 20, within: DAY_SECONDS, what: 'new invoices a day' },
  ],
} as const;

/** @throws ApiError 429 for one more than the subscription may have */
export function countedCall(world: World, subscription: Subscription, kind: keyof RecentCalls): Subscription {
  if (world.cause === undefined) return subscription;
  const now = world.unixNow();
  const recent = subscription.recentCalls[kind];
  for (const { atMost, within, what } of LIMITS[kind]) {
    if (recent.filter(at => at > now - within).length >= atMost) throw tooMany(subscription.id, `${atMost} ${what}`);
  }
  const kept = recent.filter(at => at > now - DAY_SECONDS);
  return { ...subscription, recentCalls: { ...subscription.recentCalls, [kind]: [...kept, now] } };
}

function tooMany(id: string, limit: string): ApiError {
  const message = `Too many requests for the subscription ${id}: it may have ${limit}.`;
  const body = { type: 'invalid_request_error', code: 'rate_limit', message } as const;
  return new ApiError(429, body, { rateLimited: 'resource-specific' });
}

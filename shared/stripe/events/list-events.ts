import { SECOND } from '#shared/platform/instant.ts';
import type { ListEvents } from '#shared/reactions/missed-events.ts';
import { callingStripe, stripeFailure } from '../stripe-failure.ts';
import type { StripeSource } from '../stripe-source.ts';
import { bringsNews } from './brings-news.ts';
import { readEvent } from './read-event.ts';

/** Stripe takes 20 types at a time, and lists events of the last 30 days. */
export function eventsAt(stripe: StripeSource): ListEvents {
  return async function* (types, { start, end }) {
    const client = await callingStripe(stripe);
    const created = { gte: Math.floor(start / SECOND), lte: Math.floor(end / SECOND) };
    try {
      for (let from = 0; from < types.length; from += 20) {
        const some = types.slice(from, from + 20);
        for await (const found of client.events.list({ types: some, created, limit: 100 })) {
          const event = readEvent(found);
          if (event !== undefined && bringsNews(found)) yield event;
        }
      }
    } catch (error) {
      throw stripeFailure(error);
    }
  };
}

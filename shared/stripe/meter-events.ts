import type Stripe from 'stripe';
import * as z from 'zod';
import type { MeterAddress, MeterEvent, Meters, SendOutcome } from '#shared/metering/meter.ts';
import { Throttled, Unavailable } from '#shared/platform/failure.ts';
import type { IncidentCode } from '#shared/platform/incident-codes.ts';
import { type Period, SECOND } from '#shared/platform/instant.ts';
import { callingStripe, StripeRefused, stripeFailure } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Stripe's billing meters. Meters are made with Stripe's default payload keys (`catalog publish`). */
export class StripeMeters implements Meters {
  private readonly stripe: StripeSource;

  constructor(stripe: StripeSource) {
    this.stripe = stripe;
  }

  async send(event: MeterEvent): Promise<SendOutcome> {
    let requests = 0;
    try {
      const stripe = await this.stripe();
      const counted = countRequests(stripe, event.idempotencyKey, () => requests++);
      try {
        await stripe.billing.meterEvents.create(
          {
            event_name: event.eventName,
            identifier: event.identifier,
            timestamp: event.timestamp / SECOND,
            payload: { stripe_customer_id: event.customer, value: event.value.toString() },
          },
          // Each send is written down before it goes out, so the client must not send on its own.
          { idempotencyKey: event.idempotencyKey, maxNetworkRetries: 0 },
        );
        return { outcome: 'arrived' };
      } finally {
        counted.stop();
      }
    } catch (error) {
      return outcomeOf(stripeFailure(error), requests);
    }
  }

  async read(meter: MeterAddress, period: Period): Promise<bigint> {
    const stripe = await this.stripe();
    const { data } = await callingStripe(() =>
      stripe.billing.meters.listEventSummaries(meter.meterId, {
        customer: meter.customer,
        start_time: period.start / SECOND,
        end_time: period.end / SECOND,
      }),
    );
    // Without a grouping window there is one total, or none where nothing was counted.
    return Summaries.parse(data).reduce((sum, { aggregated_value }) => sum + BigInt(aggregated_value), 0n);
  }
}

/** Whole numbers, because only such are sent; exact in a number up to 2^53, as Stripe answers with a JSON number. */
const Summaries = z.array(z.object({ aggregated_value: z.int() }));

/**
 * Without retries the client still sends a second time when the connection is reset (a stale socket), and then tells of
 * the second attempt only. What that one says about "surely not taken" says nothing about the first.
 */
function countRequests(stripe: Stripe, idempotencyKey: string, count: () => void): { readonly stop: () => void } {
  const onRequest = (request: Stripe.RequestEvent) => {
    if (request.idempotency_key === idempotencyKey) count();
  };
  stripe.on('request', onRequest);
  return { stop: () => stripe.off('request', onRequest) };
}

function outcomeOf(failure: unknown, requests: number): SendOutcome {
  if (failure instanceof StripeRefused) return refusal(failure, requests);
  const surelyNot = failure instanceof Throttled || failure instanceof Unavailable;
  if (surelyNot && requests <= 1) return { outcome: 'not-arrived', reason: failure.code };
  return { outcome: 'unknown', reason: failure instanceof Error ? failure.name : typeof failure };
}

/** v1 answers a known identifier with a bare 400: only the message tells. v2 has a code for it. */
const ALREADY_THERE = /already exists with (that |this |the )?identifier|identifier .* already exists/i;

const REASONS: readonly (readonly [pattern: RegExp, reason: IncidentCode])[] = [
  [/too far in the past|timestamp_too_far_in_past|within the past 35/i, 'timestamp-too-old'],
  [/timestamp_in_future|in the future/i, 'timestamp-in-future'],
  [/archived_meter|inactive|deactivated/i, 'meter-inactive'],
  [/no_meter|no meter|No active meter/i, 'meter-missing'],
  [/customer/i, 'customer-missing'],
];

function refusal(failure: StripeRefused, requests: number): SendOutcome {
  const text = `${failure.stripeCode} ${failure.stripeMessage}`;
  if (failure.stripeCode === 'duplicate_meter_event' || ALREADY_THERE.test(text)) return { outcome: 'arrived' };
  if (requests > 1) return { outcome: 'unknown', reason: failure.code };
  const [, reason = 'meter-refused'] = REASONS.find(([pattern]) => pattern.test(text)) ?? [];
  return { outcome: 'refused', reason };
}

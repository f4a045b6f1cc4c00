import Stripe from 'stripe';
import type { Instant } from '#shared/platform/instant.ts';
import { SECOND } from '#shared/platform/instant.ts';

/** An event as Stripe delivers it in a snapshot payload. */
export function aSnapshotEvent(fields: { id?: string; type?: string; object?: object; created?: number } = {}) {
  const { id = 'evt_1', type = 'invoice.paid', created = 1_793_491_200 } = fields;
  const object = fields.object ?? { id: 'in_1', object: 'invoice', customer: 'cus_1', customer_email: 'a@example.com' };
  return {
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: 'req_1', idempotency_key: null },
    type,
  };
}

/** A notification without data, as an endpoint for thin payloads gets it. */
export function aThinEvent(fields: { id?: string; type?: string; meter?: string } = {}) {
  const { id = 'evt_thin_1', type = 'v1.billing.meter.error_report_triggered', meter = 'mtr_1' } = fields;
  return {
    id,
    object: 'v2.core.event',
    type,
    created: '2026-11-01T00:00:00.000Z',
    livemode: false,
    context: null,
    related_object: { id: meter, type: 'billing.meter', url: `/v1/billing/meters/${meter}` },
    reason: null,
  };
}

/** `Stripe-Signature` as Stripe's own package makes it. */
export function signedAt(at: Instant, payload: string, secret = 'whsec_local'): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: at / SECOND });
}

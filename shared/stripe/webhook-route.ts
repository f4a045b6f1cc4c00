import * as z from 'zod';
import { InvalidInput } from '#shared/platform/failure.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { BODY_LIMITS, parseJson } from '#shared/platform/http/body.ts';
import type { Route } from '#shared/platform/http/open-route.ts';
import type { Clock } from '#shared/platform/instant.ts';
import { log } from '#shared/platform/log.ts';
import { EventMessage } from '#shared/reactions/event-message.ts';
import { bringsNews } from './events/brings-news.ts';
import { readEvent } from './events/read-event.ts';
import { judgeSignature } from './webhook-signature.ts';

export interface WebhookServices {
  readonly clock: Clock;
  /** Those that are valid now. @throws Unavailable when there is none */
  readonly secrets: () => Promise<readonly string[]>;
  /** Done means: the queue has it. */
  readonly handOver: (message: z.input<typeof EventMessage>) => Promise<void>;
}

/**
 * Where Stripe delivers (contract 8). The signature is the key. Answered only when the queue has the event, so that
 * Stripe delivers again whatever breaks off here; a doubled one is told later by its id.
 * One that can lead to nothing is answered and dropped.
 *
 *     Stripe ──▶ signature, age ──▶ queue ──▶ 200        anything else: no 2xx, and Stripe comes again for three days
 */
export const takeDelivery: Route<WebhookServices>['serve'] = async (event, services) => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.byteLength > BODY_LIMITS.sent) throw refused(413, 'body-too-large', 'The body is too large.');
  const receivedAt = services.clock();
  const verdict = judgeSignature(body, event.headers['stripe-signature'], await services.secrets(), receivedAt);
  switch (verdict) {
    case 'forged':
      throw refused(400, 'bad-signature', 'The signature is missing, or made with another secret.');
    case 'stale':
      throw refused(400, 'signature-too-old', 'The signature was made more than 300 seconds ago.');
    case 'genuine':
      break;
    default:
      return verdict satisfies never;
  }
  const payload = parseJson(body.toString());
  const message = readEvent(payload);
  if (message === undefined) throw refused(400, 'not-an-event', 'The body is not an event of Stripe.');
  if (bringsNews(payload)) await services.handOver(z.encode(EventMessage, message));
  return ok({ received: message.id });
};

/** Logged, because Stripe's dashboard is the only other place that would tell. */
function refused(status: 400 | 413, code: string, detail: string): InvalidInput {
  log.warn('webhook refused', { code });
  return new InvalidInput(status, code, detail);
}

import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { webhookRoutes } from '#functions/stripe-webhook/webhook-routes.ts';
import { Unavailable } from '#shared/platform/failure.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import type { WebhookServices } from '#shared/stripe/webhook-route.ts';
import { ask } from '#test/builders/http.ts';
import { aSnapshotEvent, aThinEvent, signedAt } from '#test/builders/stripe-events.ts';
import { type QueuesAndBuckets, startQueuesAndBuckets } from '#test/parts/queues-and-buckets.ts';

const NOW = Date.UTC(2026, 10, 1);
const QUEUE = 'stripe-events';
const PATH = '/stripe/webhook';
const EVENT = JSON.stringify(aSnapshotEvent(), null, 2);

let parts: QueuesAndBuckets;
let services: WebhookServices;
let queueUrl: string;

beforeAll(async () => {
  parts = await startQueuesAndBuckets({ region: 'eu-west-1' });
  ({ queueUrl } = parts.server.createQueue(QUEUE, { region: 'eu-west-1' }));
});
afterAll(() => parts.stop());

beforeEach(() => {
  parts.server.reset();
  const client = new SQSClient({
    endpoint: parts.address,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const queue = new QueueSender(client, queueUrl);
  services = {
    clock: () => NOW,
    secrets: async () => ['whsec_local'],
    handOver: message => queue.send(message),
  };
});

/** Sends as Stripe does, signed now with the local secret unless told otherwise. */
function deliver(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const signature = signedAt(NOW, typeof body === 'string' ? body : Buffer.from(body).toString());
  const handler = httpFunction({ routes: webhookRoutes, services: () => services });
  return ask(handler, { method: 'POST', path: PATH, body, headers: { 'stripe-signature': signature, ...headers } });
}

const Queued = z.object({ body: z.string() });

function queued(): unknown[] {
  const { ready } = z
    .object({ messages: z.object({ ready: z.array(Queued) }) })
    .parse(parts.server.inspectQueue(QUEUE)).messages;
  return ready.map(({ body }) => JSON.parse(body));
}

describe('POST /stripe/webhook', () => {
  it('queues where to look, without amounts and personal data, and answers then', async () => {
    const answer = await deliver(EVENT);

    expect(answer).toMatchObject({ status: 200, body: { received: 'evt_1' } });
    expect(queued()).toEqual([
      { id: 'evt_1', type: 'invoice.paid', object: 'in_1', customer: 'cus_1', createdAt: '2026-11-01T00:00:00Z' },
    ]);
  });

  it('takes a body that arrives as base64, and the header in any case', async () => {
    const letters = JSON.stringify(aSnapshotEvent({ object: { id: 'cus_ö', object: 'customer', name: 'Åsa 😀' } }));
    const signature = signedAt(NOW, letters);

    expect((await deliver(Buffer.from(letters))).status).toBe(200);
    expect((await deliver(letters, { 'stripe-signature': '', 'Stripe-Signature': signature })).status).toBe(200);
    expect(queued()).toHaveLength(2);
  });

  it('takes thin events', async () => {
    const answer = await deliver(JSON.stringify(aThinEvent()));

    expect(answer.status).toBe(200);
    expect(queued()).toEqual([
      {
        id: 'evt_thin_1',
        type: 'v1.billing.meter.error_report_triggered',
        object: 'mtr_1',
        createdAt: '2026-11-01T00:00:00Z',
      },
    ]);
  });

  it('takes both secrets while one is being replaced', async () => {
    services = { ...services, secrets: async () => ['whsec_old', 'whsec_new'] };

    for (const secret of ['whsec_old', 'whsec_new']) {
      expect((await deliver(EVENT, { 'stripe-signature': signedAt(NOW, EVENT, secret) })).status).toBe(200);
    }
  });

  it.each([
    ['forged', signedAt(NOW, EVENT, 'whsec_guessed'), 'bad-signature'],
    ['not signed', '', 'bad-signature'],
    ['signed for another body', signedAt(NOW, `${EVENT} `), 'bad-signature'],
    ['replayed', signedAt(NOW - 301 * SECOND, EVENT), 'signature-too-old'],
  ])('refuses what is %s', async (_, signature, code) => {
    const answer = await deliver(EVENT, { 'stripe-signature': signature });

    expect(answer).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json', 'x-request-id': expect.any(String) },
      body: { status: 400, code },
    });
    expect(queued()).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'not-json'],
    ['no event', '{"object":"invoice","id":"in_1"}', 'not-an-event'],
  ])('refuses what is signed and %s', async (_, body, code) => {
    expect(await deliver(body)).toMatchObject({ status: 400, body: { code } });
  });

  it('refuses what no event is as large as', async () => {
    expect(await deliver(' '.repeat(4 * 1024 * 1024 + 1))).toMatchObject({ status: 413 });
  });

  it('takes no other method, and names the one that it takes', async () => {
    const handler = httpFunction({ routes: webhookRoutes, services: () => services });

    expect(await ask(handler, { method: 'GET', path: PATH })).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
    });
  });

  it('answers 503 without a secret, so that Stripe comes again', async () => {
    services = { ...services, secrets: () => Promise.reject(new Unavailable('webhook-secret-missing', 'None.')) };

    expect(await deliver(EVENT)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  });

  it('does not answer 200 when the queue has not got it', async () => {
    const missing = new QueueSender(
      new SQSClient({
        endpoint: parts.address,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      }),
      `${queueUrl}-gone`,
    );
    services = { ...services, handOver: message => missing.send(message) };

    const { status, body } = await deliver(EVENT);

    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('gone');
  });
});

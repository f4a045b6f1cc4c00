import Stripe from 'stripe';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { LOCAL_KEY, prepare } from '#infra/local/after-start.ts';
import { Operator } from '#infra/local/story/operator.ts';
import { MINUTE } from '#shared/platform/instant.ts';
import { useCloud } from '#test/parts/cloud.ts';

const cloud = useCloud();
const Account = z.object({ stripeCustomer: z.string() });
const Line = z.object({ state: z.string() });

it('a card added at Stripe brings a pending line to life within minutes, with events doubled and in any order', async () => {
  await prepare(cloud, {});
  const operator = new Operator(cloud.api, LOCAL_KEY);
  const line = '/v1/accounts/a/lines/l';
  await operator.put('/v1/accounts/a', { name: 'A', email: 'a@example.com', currency: 'EUR' }, z.unknown());
  await operator.put(line, { msisdn: '+46701234567', plan: 'mobile-10' }, z.unknown());
  const before = await operator.get(line, Line);
  cloud.twin.disturbWebhooks({ duplicate: true, reorder: true });

  const { hostname, port } = new URL(cloud.twin.address);
  const stripe = new Stripe('sk_test_local', { host: hostname, port, protocol: 'http', telemetry: false });
  const { stripeCustomer: customer } = await operator.get('/v1/accounts/a', Account);
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  await cloud.moveTo(cloud.now() + 2 * MINUTE);

  const subscriptions = await stripe.subscriptions.list({ customer, status: 'all' });
  expect(before.state).toBe('pending');
  expect(await operator.get(line, Line)).toEqual({ state: 'active' });
  expect(subscriptions.data.filter(({ status }) => status === 'active')).toHaveLength(1);
  expect(cloud.queueLength('dunlin-dev-stripe-events')).toBe(0);
  expect(cloud.queueLength('dunlin-dev-stripe-events-dlq')).toBe(0);
});

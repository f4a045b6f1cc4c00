import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { prepare } from '#infra/local/after-start.ts';
import { type LocalCloud, startLocalCloud } from '#infra/local/local-cloud.ts';
import { parseStartArguments } from '#infra/local/start-arguments.ts';
import { type StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { textIn } from '#test/parts/answer-body.ts';
import { Outsider } from '#test/parts/outsider.ts';

// No test reaches Stripe: another twin, on real time and outside of the cloud, stands for the sandbox.

const data = mkdtempSync(join(tmpdir(), 'dunlin-sandbox-'));
let stripe: StripeTwin;
let cloud: LocalCloud;

beforeAll(async () => {
  stripe = await startStripeTwin({ now: Date.now, seed: 'sandbox' });
  cloud = await startLocalCloud({ sandbox: { key: 'sk_test_mine', apiBase: stripe.address }, data, retryAfterMs: 50 });
  await prepare(cloud, {});
});
afterAll(async () => {
  await cloud.stop();
  await stripe.stop();
  rmSync(data, { recursive: true, force: true });
});

describe("a local cloud on Stripe's sandbox", () => {
  test('publishes the catalog there, and functions know its key', async () => {
    const products = await stripeClient('sk_test_mine', stripe.address).products.list({ limit: 100 });

    expect(products.data.map(({ name }) => name)).toContain('Mobile 10');
    expect(cloud.parameter('/dunlin/dev/stripe/secret-key')).toBe('sk_test_mine');
    expect(cloud.parts.stripe).toBe('sandbox');
  });

  test('brings what happens there to the product, which takes it as a webhook', async () => {
    // given: an account with a customer there
    const operator = new Outsider(cloud.api);
    const { body } = await operator.put('/v1/accounts/a', { name: 'A', email: 'a@example.com', currency: 'EUR' });
    // when: a card is added where the local cloud does not see it
    const client = stripeClient('sk_test_mine', stripe.address);
    await client.paymentMethods.attach('pm_card_visa', { customer: textIn(body, 'stripeCustomer') });
    // then
    const taken = () => cloud.calls.list().filter(({ address }) => address.startsWith('stripe-events DynamoDB.Update'));
    await vi.waitUntil(() => taken().length >= 2, { timeout: 20_000, interval: 200 });
    expect(cloud.queueLength('dunlin-dev-stripe-events-dlq')).toBe(0);
  });

  test('does not move the clock', async () => {
    const { status, body } = await new Outsider(cloud.api).post('/_local/clock', { by: 'P1D' });

    expect([status, body.code]).toEqual([409, 'real-time']);
  });

  test('lets no live key through', async () => {
    const account = stripeClient('sk_live_real', cloud.twin.address).accounts.retrieveCurrent();

    await expect(account).rejects.toThrow('Only test keys go from the local cloud to Stripe.');
  });

  test('keeps its state apart from that of the twin', async () => {
    await expect(startLocalCloud({ data })).rejects.toThrow("belongs to Stripe's sandbox; for the Stripe twin give");
  });

  test('says at once when the key is refused', async () => {
    const sandbox = { key: 'rk_test_unknown', apiBase: stripe.address };

    await expect(startLocalCloud({ sandbox })).rejects.toThrow("Stripe's sandbox refuses /v1/account: Invalid API Key");
  });
});

describe('npm start with STRIPE_SECRET_KEY', () => {
  test('uses the sandbox, without sample', () => {
    expect(parseStartArguments([], { STRIPE_SECRET_KEY: 'sk_test_1' })).toMatchObject({
      isEmpty: true,
      sandbox: { key: 'sk_test_1', apiBase: 'https://api.stripe.com' },
    });
  });

  test.each([
    [[], { STRIPE_SECRET_KEY: 'sk_live_1' }, 'is a live key: the local cloud would charge real cards'],
    [[], { STRIPE_SECRET_KEY: 'rk_live_1' }, 'is a live key'],
    [[], { STRIPE_SECRET_KEY: 'pk_test_1' }, 'is not a test key of Stripe'],
    [['--clock', '2026-11-01T00:00:00Z'], { STRIPE_SECRET_KEY: 'sk_test_1' }, 'time is the real one'],
    [[], { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_API_BASE: 'http://example.com' }, 'is not an https address'],
  ])('%j with %j is refused', (args, env, reason) => {
    expect(() => parseStartArguments(args, env)).toThrow(reason);
  });
});

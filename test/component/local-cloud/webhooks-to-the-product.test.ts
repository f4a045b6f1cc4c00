import { beforeEach, describe, expect, it } from 'vitest';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

const ACCOUNT = { name: 'Kim Larsson', email: 'kim@example.com', currency: 'SEK', billingDay: 1 };

describe('what happens at Stripe', () => {
  const prepared = usePreparedCloud();
  let made = 0;

  /** Two events at least that the product listens to: a card attached, and made the default one. */
  async function aCardIsAttached(): Promise<void> {
    made += 1;
    const { status, body } = await prepared.operator.put(`/v1/accounts/acc-${made}`, ACCOUNT);
    expect(status).toBe(201);
    const customer = textIn(body, 'stripeCustomer');
    const { id } = await prepared.stripe.paymentMethods.attach('pm_card_visa', { customer });
    await prepared.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  }

  const undelivered = async () => (await prepared.stripe.events.list({ delivery_success: false })).data.length;
  const handedOver = () =>
    prepared.cloud.calls.list().filter(call => call.function === 'stripe-webhook' && call.operation.startsWith('SQS.'));
  const setFaults = (stripe: object) => prepared.operator.post('/_local/faults', { stripe });

  beforeEach(async () => {
    await setFaults({});
    await prepared.cloud.settle();
  });

  it('is known to the product when everything is settled', async () => {
    await aCardIsAttached();
    const waiting = await undelivered();
    const before = handedOver().length;
    expect(waiting).toBeGreaterThanOrEqual(2);

    await prepared.cloud.settle();

    expect(await undelivered()).toBe(0);
    expect(handedOver().length - before).toBe(waiting);
    const { data } = await prepared.stripe.webhookEndpoints.list();
    expect(data).toMatchObject([{ url: `${prepared.cloud.api}/stripe/webhook`, status: 'enabled' }]);
  });

  it('comes twice and in any order when that is asked for', async () => {
    await setFaults({ duplicate: true, reorder: true });
    await aCardIsAttached();
    const waiting = await undelivered();
    const before = handedOver().length;

    await prepared.cloud.settle();

    expect(await undelivered()).toBe(0);
    expect(handedOver().length - before).toBe(2 * waiting);
  });
});

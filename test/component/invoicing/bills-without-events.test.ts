import { expect, test } from 'vitest';
import * as z from 'zod';
import { listOf, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

const world = usePreparedCloud();
const Bill = z.object({ total: z.string(), status: z.string() });

/** As when all of them end in the dead letters: nothing of Stripe is heard. */
async function hearNothing(): Promise<void> {
  for (const { id } of (await world.stripe.webhookEndpoints.list()).data) {
    await world.stripe.webhookEndpoints.update(id, { disabled: true });
  }
}

test('a period that closes by itself has its bill and its mail, though no event of its invoice got through', async () => {
  const { operator, stripe, cloud } = world;
  const account = { name: 'Example AB', email: 'a@example.com', currency: 'SEK', billingDay: 1 };
  const customer = textIn((await operator.put('/v1/accounts/acc-1', account)).body, 'stripeCustomer');
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const line = { msisdn: '+46701234567', plan: 'small', from: '2026-11-01T00:00:00Z' };
  await operator.put('/v1/accounts/acc-1/lines/line-1', line);
  await cloud.moveTo(Date.UTC(2026, 10, 3));
  const sms = { id: 'r1', line: '+46701234567', kind: 'sms', count: 3 };
  await operator.post('/v1/usage', [{ ...sms, peer: '+46701111111', startedAt: '2026-11-02T10:00:00Z' }]);
  await hearNothing();
  const before = cloud.outbox.mails().length;

  await cloud.moveTo(Date.UTC(2026, 11, 1, 4));

  const [newest] = listOf(Bill, (await operator.get('/v1/accounts/acc-1/bills')).body);
  // 3 × 1.00 SEK, and 100.00 SEK for December
  expect(newest).toEqual({ total: '103.00', status: 'paid' });
  expect(cloud.outbox.mails().slice(before)).toHaveLength(1);
});

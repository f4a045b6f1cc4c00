import { textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';

/** Gives the account's customer a card that works, as a customer portal would. */
export async function payByCard({ operator, stripe }: PreparedCloud, account: string): Promise<void> {
  const { body } = await operator.get(`/v1/accounts/${account}`);
  const customer = textIn(body, 'stripeCustomer');
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
}

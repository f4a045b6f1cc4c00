import { describe, expect, it } from 'vitest';
import { SECRET, typesOf, useListener } from './listener.ts';
import { aCustomer, aPlan, latestInvoice } from './operator.ts';
import { type TwinAtHand, unix, useTwin } from './use-twin.ts';

const START = '2026-11-01T00:00:00Z';
const FAILED = '2026-12-01T01:00:00Z';

/** A renewal that fails on this card, an hour after the period's end. */
async function aFailure(at: TwinAtHand, card: string) {
  const plan = await aPlan(at.stripe);
  const customer = await aCustomer(at.stripe, 'pm_card_visa');
  const subscription = await at.stripe.subscriptions.create({ customer: customer.id, items: [{ price: plan.fee.id }] });
  const useCard = async (id: string) => {
    const method = await at.stripe.paymentMethods.attach(id, { customer: customer.id });
    await at.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  };
  await useCard(card);
  await at.moveTo(FAILED);
  const { id } = await latestInvoice(at.stripe, customer);
  return {
    useCard,
    invoice: () => at.stripe.invoices.retrieve(id),
    charges: async () => (await at.stripe.charges.list({ customer: customer.id, limit: 100 })).data,
    status: async () => (await at.stripe.subscriptions.retrieve(subscription.id)).status,
  };
}

describe('a payment that failed', () => {
  const at = useTwin(START);

  it('is tried eight times more in two weeks, then stays past due', async () => {
    const failure = await aFailure(at, 'pm_card_chargeCustomerFail');
    // 14 days in 8 steps of 42 hours
    expect(await failure.invoice()).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: unix('2026-12-02T19:00:00Z'),
    });

    await at.moveTo('2026-12-02T18:59:59Z');
    expect((await failure.invoice()).attempt_count).toBe(1);
    await at.moveTo('2026-12-02T19:00:00Z');
    expect(await failure.invoice()).toMatchObject({
      attempt_count: 2,
      next_payment_attempt: unix('2026-12-04T13:00:00Z'),
    });
    await at.moveTo('2026-12-15T01:00:00Z');

    expect(await failure.invoice()).toMatchObject({ status: 'open', attempt_count: 9, next_payment_attempt: null });
    expect(await failure.status()).toBe('past_due');
    // The first invoice's, and nine that failed
    expect(await failure.charges()).toHaveLength(10);
    await at.moveTo('2026-12-31T00:00:00Z');
    expect((await failure.invoice()).attempt_count).toBe(9);
  });

  it('succeeds at the next try once there is money, and the subscription is active again', async () => {
    const failure = await aFailure(at, 'pm_card_visa_chargeDeclinedInsufficientFunds');
    await failure.useCard('pm_card_mastercard');

    await at.moveTo('2026-12-02T19:00:00Z');

    expect(await failure.invoice()).toMatchObject({ status: 'paid', attempt_count: 1, next_payment_attempt: null });
    expect(await failure.status()).toBe('active');
  });

  it('is counted but not charged again after a hard decline, until there is another card', async () => {
    const failure = await aFailure(at, 'pm_card_chargeDeclinedStolenCard');
    await at.moveTo('2026-12-06T00:00:00Z');
    expect(await failure.invoice()).toMatchObject({ status: 'open', attempt_count: 3 });
    expect(await failure.charges()).toHaveLength(2);

    await failure.useCard('pm_card_visa');
    await at.moveTo('2026-12-06T07:00:00Z');

    expect(await failure.invoice()).toMatchObject({ status: 'paid' });
    expect(await failure.charges()).toHaveLength(3);
  });

  it('is not tried again while that is switched off', async () => {
    const failure = await aFailure(at, 'pm_card_chargeCustomerFail');
    const { id } = await failure.invoice();
    expect(await at.stripe.invoices.update(id, { auto_advance: false })).toMatchObject({ next_payment_attempt: null });

    await at.moveTo('2026-12-05T00:00:00Z');
    expect((await failure.invoice()).attempt_count).toBe(1);
    await at.stripe.invoices.update(id, { auto_advance: true });
    await at.moveTo('2026-12-05T00:00:01Z');

    expect((await failure.invoice()).attempt_count).toBe(2);
  });

  it.each([
    ['pm_card_chargeCustomerFail', 'card_declined', 'generic_decline', 'try_again_later', '05'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds', 'try_again_later', '51'],
    ['pm_card_chargeDeclinedLostCard', 'card_declined', 'lost_card', 'do_not_try_again', '41'],
    ['pm_card_chargeDeclinedStolenCard', 'card_declined', 'stolen_card', 'do_not_try_again', '43'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card', 'confirm_card_data', '54'],
  ])('says why: %s', async (card, code, decline_code, advice_code, network_decline_code) => {
    const failure = await aFailure(at, card);
    const { id } = await failure.invoice();

    const { data } = await at.stripe.invoicePayments.list({ invoice: id, expand: ['data.payment.payment_intent'] });

    const codes = { code, decline_code, advice_code, network_decline_code };
    expect(data).toMatchObject([{ status: 'open', payment: { payment_intent: { last_payment_error: codes } } }]);
    const [charge] = await failure.charges();
    expect(charge?.outcome).toMatchObject({ advice_code, network_decline_code, reason: decline_code });
  });
});

describe('what Stripe tells of a failed renewal', () => {
  const at = useTwin(START);
  const listener = useListener(at);

  it('comes in its order', async () => {
    at.twin.listen({ url: listener.url, secret: SECRET, enabledEvents: ['*'] });
    await aFailure(at, 'pm_card_chargeCustomerFail');

    const types = typesOf(listener.received);
    expect(types.slice(types.lastIndexOf('invoice.finalized'))).toEqual([
      'invoice.finalized',
      'payment_intent.created',
      'payment_intent.payment_failed',
      'charge.failed',
      'invoice.payment_failed',
      'invoice.updated',
      'customer.updated',
      'customer.subscription.updated',
    ]);
  });
});

describe('retries by another rule', () => {
  const at = useTwin(START, { retries: { tries: 2, withinMs: 4 * 86_400_000, outcome: 'cancel' } });

  it('end the subscription when the last one failed', async () => {
    const failure = await aFailure(at, 'pm_card_chargeCustomerFail');

    await at.moveTo('2026-12-05T01:00:00Z');

    expect(await failure.invoice()).toMatchObject({ status: 'open', attempt_count: 3, auto_advance: false });
    expect(await failure.status()).toBe('canceled');
  });
});

describe('a charge that is disputed', () => {
  const at = useTwin(START);

  it('is told after it was paid, and ends as the evidence says', async () => {
    await aFailure(at, 'pm_card_createDispute');

    const [dispute] = (await at.stripe.disputes.list({ expand: ['data.charge'] })).data;
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 15_900, charge: { disputed: true } });
    await at.stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' } });

    const { data } = await at.stripe.events.list({ types: ['charge.dispute.created', 'charge.dispute.closed'] });
    expect(data).toMatchObject([
      { type: 'charge.dispute.closed', data: { object: { status: 'won' } } },
      { type: 'charge.dispute.created' },
    ]);
  });
});

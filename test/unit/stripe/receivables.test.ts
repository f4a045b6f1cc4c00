import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { SECOND } from '#shared/platform/instant.ts';
import { stripeReceivables } from '#shared/stripe/receivables.ts';

// What the local Stripe does not have: debits that take days.

/** Answers by method and path, in the shapes of Stripe's API reference. */
function collectionThatGets(answers: Readonly<Record<string, { status?: number; body: object }>>) {
  const asked: string[] = [];
  const httpClient = Stripe.createFetchHttpClient(async (input: unknown, init?: { method?: string }) => {
    const call = `${init?.method} ${new URL(String(input)).pathname}`;
    asked.push(call);
    const { status = 200, body } = answers[call] ?? { status: 404, body: {} };
    return Response.json(body, { status });
  });
  const stripe = new Stripe('sk_test_1', { httpClient, maxNetworkRetries: 0 });
  return { collection: stripeReceivables(async () => stripe), asked };
}

const page = (...data: object[]) => ({ body: { object: 'list', has_more: false, data } });

const INVOICE = {
  id: 'in_1',
  number: 'A-0001',
  currency: 'eur',
  amount_remaining: 15_900,
  amount_paid: 0,
  collection_method: 'charge_automatically',
  billing_reason: 'subscription_cycle',
  status: 'open',
  attempted: true,
  created: 1_796_083_200,
  due_date: null,
  status_transitions: { finalized_at: 1_796_086_800 },
  payments: {
    data: [{ is_default: true, status: 'open', payment: { type: 'payment_intent', payment_intent: 'pi_1' } }],
  },
};
const DEBIT = {
  id: 'py_1',
  created: 1_796_086_800,
  status: 'pending',
  disputed: false,
  payment_intent: 'pi_1',
  payment_method: 'pm_sepa',
  failure_code: null,
  outcome: null,
};
const INTENT = {
  id: 'pi_1',
  created: 1_796_086_800,
  status: 'processing',
  payment_method: 'pm_sepa',
  last_payment_error: null,
};

function standingAnswers(invoice: object, charges: readonly object[], intent: object) {
  return {
    'GET /v1/invoices': page(invoice),
    'GET /v1/charges': page(...charges),
    'GET /v1/payment_intents/pi_1': { body: intent },
    'GET /v1/customers/cus_1': { body: { id: 'cus_1', invoice_settings: { default_payment_method: 'pm_sepa' } } },
    'GET /v1/payment_methods': page({ id: 'pm_sepa', created: 1_796_000_000 }),
  };
}

describe('a debit that the bank takes days over', () => {
  it.each([
    ['of which the charge is pending', [DEBIT], INTENT],
    ['of which there is no charge yet', [], INTENT],
    ['that was paid at the invoice, before Stripe tried by itself', [DEBIT], { ...INTENT, status: 'requires_action' }],
  ])('%s is under way, and no refusal', async (_, charges, intent) => {
    const invoice = intent === INTENT ? INVOICE : { ...INVOICE, attempted: false };
    const { collection: receivables } = collectionThatGets(standingAnswers(invoice, charges, intent));

    const { open } = await receivables.read('cus_1', 0);

    expect(open).toMatchObject([{ id: 'in_1', remaining: 15_900n, paid: 0n, pending: true, declines: [] }]);
  });

  it('is no longer when it was returned: that is a refusal', async () => {
    const returned = { ...DEBIT, status: 'failed', failure_code: 'insufficient_funds' };
    const intent = { ...INTENT, status: 'requires_payment_method' };
    const { collection: receivables, asked } = collectionThatGets(standingAnswers(INVOICE, [returned], intent));

    const { open } = await receivables.read('cus_1', 0);

    const decline = { at: 1_796_086_800 * SECOND, reason: 'funds', paymentMethod: 'pm_sepa' };
    expect(open).toMatchObject([{ pending: false, declines: [decline] }]);
    expect(asked).toHaveLength(5);
  });

  it('that is begun by hand answers so, and not as declined', async () => {
    const { collection: receivables } = collectionThatGets({ 'POST /v1/invoices/in_1/pay': { body: INVOICE } });

    expect(await receivables.pay('in_1', 'pm_sepa', 'one')).toEqual({ outcome: 'pending' });
  });

  it('that is begun by hand and refused at once is declined', async () => {
    const error = { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'No.' };
    const { collection: receivables } = collectionThatGets({
      'POST /v1/invoices/in_1/pay': { status: 402, body: { error } },
    });

    expect(await receivables.pay('in_1', 'pm_sepa', 'one')).toEqual({ outcome: 'declined', reason: 'funds' });
  });
});

describe('a card that wants its holder', () => {
  const waiting = { ...INTENT, status: 'requires_action', payment_method: 'pm_card' };
  const refused = {
    ...DEBIT,
    id: 'ch_1',
    status: 'failed',
    payment_method: 'pm_card',
    failure_code: 'authentication_required',
  };

  it.each([
    ['without a charge', []],
    ['with a charge that was refused for it', [refused]],
  ])('%s has declined once', async (_, charges) => {
    const { collection: receivables } = collectionThatGets(standingAnswers(INVOICE, charges, waiting));

    const { open } = await receivables.read('cus_1', 0);

    const decline = { at: 1_796_086_800 * SECOND, reason: 'authentication', paymentMethod: 'pm_card' };
    expect(open.map(({ declines }) => declines)).toEqual([[decline]]);
  });
});

describe('a refusal that is not of the bank', () => {
  it.each(['payment_intent_unexpected_state', 'invoice_not_editable', 'resource_missing'])(
    '%s is not taken for a decline',
    async code => {
      const error = { type: 'invalid_request_error', code, message: 'No.' };
      const { collection: receivables } = collectionThatGets({
        'POST /v1/invoices/in_1/pay': { status: 400, body: { error } },
      });

      const paying = receivables.pay('in_1', 'pm_2', 'one');

      await expect(paying).rejects.toMatchObject({ code: 'stripe-refused', retryable: false, facts: { stripe: code } });
    },
  );
});

describe('a payment method', () => {
  const stolen = { ...DEBIT, status: 'failed', failure_code: 'card_declined', outcome: { reason: 'stolen_card' } };
  const empty = { ...stolen, outcome: { reason: 'insufficient_funds' } };
  const paid = { ...DEBIT, id: 'py_2', created: DEBIT.created + 60, status: 'succeeded', payment_intent: 'pi_9' };

  it.each([
    ['whose last charge the bank refused for good is refused for good', [stolen], true],
    ['is not by what passes in days', [empty], false],
    ['is not when a later charge went through', [paid, stolen], false],
  ])('%s', async (_, charges, isRefusedForGood) => {
    const intent = { ...INTENT, status: 'requires_payment_method' };
    const { collection: receivables } = collectionThatGets(standingAnswers(INVOICE, charges, intent));

    const { paymentMethods } = await receivables.read('cus_1', 0);

    expect(paymentMethods).toEqual([{ id: 'pm_sepa', isDefault: true, since: 1_796_000_000_000, isRefusedForGood }]);
  });

  it('that was refused by a payment which another took the place of was refused all the same', async () => {
    const payments = {
      data: [
        { is_default: false, status: 'canceled', payment: { type: 'payment_intent', payment_intent: 'pi_0' } },
        { is_default: true, status: 'open', payment: { type: 'payment_intent', payment_intent: 'pi_1' } },
      ],
    };
    const earlier = { ...empty, payment_intent: 'pi_0', payment_method: 'pm_old' };
    const intent = { ...INTENT, status: 'requires_payment_method' };
    const { collection: receivables } = collectionThatGets(
      standingAnswers({ ...INVOICE, payments }, [earlier], intent),
    );

    const { open } = await receivables.read('cus_1', 0);

    expect(open[0]?.declines).toEqual([{ at: 1_796_086_800_000, reason: 'funds', paymentMethod: 'pm_old' }]);
  });
});

import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { sendOpen } from '#shared/dunning/open-sends.ts';
import { HOUR, SECOND } from '#shared/platform/instant.ts';
import { stripeReceivables } from '#shared/stripe/receivables.ts';
import { aCase } from '#test/builders/dunning.ts';

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

    expect(await receivables.pay('in_1', 'pm_sepa', 'one')).toBe('pending');
  });

  it('that is begun by hand and refused at once is declined', async () => {
    const { collection: receivables } = collectionThatGets({
      'POST /v1/invoices/in_1/pay': { status: 402, body: { error: { type: 'card_error', message: 'No.' } } },
      'GET /v1/invoices/in_1': { body: INVOICE },
    });

    expect(await receivables.pay('in_1', 'pm_sepa', 'one')).toBe('declined');
  });
});

describe('a payment that is refused', () => {
  it.each([
    ['fails', 500],
    ['is refused', 404],
  ])('is repeated with the same identity when the look at its invoice %s', async (_, status) => {
    const { collection: receivables } = collectionThatGets({
      'POST /v1/invoices/in_1/pay': { status: 402, body: { error: { type: 'card_error', message: 'No.' } } },
      'GET /v1/invoices/in_1': { status, body: { error: { type: 'api_error', message: 'Sorry' } } },
    });
    const attempt = { number: 0, since: 0, at: 0, failed: false };
    const dunning = aCase({ payments: [{ invoice: 'in_1', way: 'pm_2', attempt }] });
    const kept: unknown[] = [];

    const sending = sendOpen(receivables, dunning, async ({ payments }) => void kept.push(payments), HOUR);

    await expect(sending).rejects.toMatchObject({ code: 'upstream-silent', retryable: true });
    // Nothing is written: the attempt is still number 0, without a failure.
    expect(kept).toEqual([]);
  });

  it('is tried under another identity when the payment itself failed', async () => {
    const { collection: receivables } = collectionThatGets({
      'POST /v1/invoices/in_1/pay': { status: 500, body: { error: { type: 'api_error', message: 'Sorry' } } },
    });
    const attempt = { number: 0, since: 0, at: 0, failed: false };
    const dunning = aCase({ payments: [{ invoice: 'in_1', way: 'pm_2', attempt }] });
    const kept: unknown[] = [];

    const sending = sendOpen(receivables, dunning, async ({ payments }) => void kept.push(payments), HOUR);

    await expect(sending).rejects.toMatchObject({ code: 'upstream-failed' });
    expect(kept).toEqual([[{ invoice: 'in_1', way: 'pm_2', attempt: { ...attempt, failed: true } }]]);
  });
});

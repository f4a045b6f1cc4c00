import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { stripeBilledInvoices } from '#shared/stripe/billed-invoices.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';

let server: Server | undefined;

afterEach(() => new Promise(resolve => (server === undefined ? resolve(undefined) : server.close(resolve))));

/** A Stripe that knows one invoice without lines, with these fields: what the twin does not do. */
async function stripeWith(fields: object) {
  const invoice = { ...INVOICE, ...fields };
  const made = createServer(({ url }, response) => {
    const answer = url?.includes('/lines') ? { object: 'list', data: [], has_more: false } : invoice;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  server = made;
  await new Promise<void>(resolve => made.listen(0, '127.0.0.1', resolve));
  const { port } = made.address() as AddressInfo;
  return stripeBilledInvoices(async () => stripeClient('sk_test_local', `http://127.0.0.1:${port}`));
}

const INVOICE = {
  id: 'in_1',
  object: 'invoice',
  customer: { id: 'cus_1', object: 'customer', invoice_settings: { default_payment_method: 'pm_1' } },
  status: 'open',
  billing_reason: 'subscription_cycle',
  parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1' } },
  number: 'ABC-0001',
  currency: 'eur',
  period_end: 1_796_083_200,
  created: 1_796_083_200,
  status_transitions: { finalized_at: 1_796_083_800, paid_at: null, voided_at: null },
  subtotal: 1_000,
  total: 500,
  starting_balance: 0,
  amount_due: 500,
  amount_paid: 0,
  amount_remaining: 500,
};

describe('an invoice of Stripe', () => {
  test('has its granted credit from the amounts before tax, where discounts stand a second time', async () => {
    const invoices = await stripeWith({
      total_discount_amounts: [{ amount: 100, discount: 'di_1' }],
      total_pretax_credit_amounts: [
        { amount: 100, discount: 'di_1', type: 'discount' },
        { amount: 250, credit_balance_transaction: 'cbtxn_1', type: 'credit_balance_transaction' },
        { amount: 150, credit_balance_transaction: 'cbtxn_2', type: 'credit_balance_transaction' },
      ],
    });

    // 10.00 less 1.00 and less 2.50 + 1.50 is 5.00
    expect(await invoices.read('in_1')).toMatchObject({ subtotal: 1_000n, discount: 100n, credit: 400n, total: 500n });
  });

  test('has none where Stripe says nothing of it', async () => {
    const invoices = await stripeWith({ total_discount_amounts: null, total_pretax_credit_amounts: null });

    expect(await invoices.read('in_1')).toMatchObject({ subscription: 'sub_1', discount: 0n, credit: 0n });
  });
});

import type Stripe from 'stripe';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { listOf, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

// What people do at Stripe's dashboard, and what goes wrong there: each reaches the product as an event, stays as it is,
// and is a case that names what to do. Accounts begin on 1 November 2026; their periods end on the 5th. The prices are
// those of test/fixtures/catalog-two-months.

const prepared = usePreparedCloud();
const customers = new Map<string, string>();

const ACCOUNTS = ['quantity', 'stopped', 'paused', 'failing', 'deleted', 'disputed'] as const;
type Account = (typeof ACCOUNTS)[number];

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));
const customerOf = (account: Account) => customers.get(account) ?? '';
const Case = z.object({ code: z.string(), account: z.string().nullish(), detail: z.record(z.string(), z.string()) });

async function casesOf(account: Account): Promise<readonly z.infer<typeof Case>[]> {
  const { body } = await prepared.operator.get('/v1/cases?limit=100');
  return listOf(Case, body).filter(({ account: of }) => of === account);
}

async function codesOf(account: Account): Promise<string[]> {
  return (await casesOf(account)).map(({ code }) => code);
}

async function subscriptionOf(account: Account): Promise<Stripe.Subscription> {
  const [subscription] = (await prepared.stripe.subscriptions.list({ customer: customerOf(account) })).data;
  if (subscription === undefined) throw new Error(`${account} has no subscription.`);
  return subscription;
}

async function feeOf(account: Account): Promise<Stripe.SubscriptionItem> {
  const fee = (await subscriptionOf(account)).items.data.find(({ quantity }) => quantity !== undefined);
  if (fee === undefined) throw new Error(`${account} pays no fee.`);
  return fee;
}

async function newestInvoice(account: Account): Promise<Stripe.Invoice> {
  const [invoice] = (await prepared.stripe.invoices.list({ customer: customerOf(account) })).data;
  if (invoice === undefined) throw new Error(`${account} has no invoice.`);
  return invoice;
}

function putLine(account: Account, line: string, number: number) {
  const msisdn = `+4670000${String(number).padStart(4, '0')}`;
  return prepared.operator.put(`/v1/accounts/${account}/lines/${line}`, { msisdn, plan: 'small' });
}

beforeAll(async () => {
  for (const [index, account] of ACCOUNTS.entries()) {
    const fields = { name: account, email: `${account}@example.com`, currency: 'SEK', billingDay: 5 };
    const { body } = await prepared.operator.put(`/v1/accounts/${account}`, fields);
    const customer = textIn(body, 'stripeCustomer');
    customers.set(account, customer);
    const card = account === 'disputed' ? 'pm_card_createDispute' : 'pm_card_visa';
    const { id } = await prepared.stripe.paymentMethods.attach(card, { customer });
    await prepared.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await putLine(account, 'first', index);
  }
  const metadata = { twin_finalization_error: 'customer_tax_location_invalid' };
  await prepared.stripe.customers.update(customerOf('failing'), { metadata });
  await moveTo('2026-11-01T12:00:00Z');
});

describe('at the dashboard', { timeout: 180_000 }, () => {
  test('a changed quantity stays, is told once, and the next line is added to it', async () => {
    const { id } = await feeOf('quantity');
    await prepared.stripe.subscriptionItems.update(id, { quantity: 3 });
    await prepared.cloud.settle();
    const told = await casesOf('quantity');
    await putLine('quantity', 'second', 20);
    await moveTo('2026-11-01T13:00:00Z');

    expect(told.map(({ code }) => code)).toEqual(['quantity-changed']);
    expect(told[0]?.detail.prices).toMatch(/^price_\w+: 3 instead of 1$/);
    // 3 by hand, and one more line of ours
    expect((await feeOf('quantity')).quantity).toBe(4);
  });

  test('a paused collection is told', async () => {
    const { id } = await subscriptionOf('paused');
    await prepared.stripe.subscriptions.update(id, { pause_collection: { behavior: 'void' } });
    await prepared.cloud.settle();

    expect(await codesOf('paused')).toEqual(['collection-paused']);
  });

  test('a deleted customer is told', async () => {
    await prepared.stripe.customers.del(customerOf('deleted'));
    await prepared.cloud.settle();

    expect(await codesOf('deleted')).toContain('customer-deleted');
  });

  test('a draft that is stopped in the minutes before it would go stays a draft, until it is let go', async () => {
    await moveTo('2026-11-05T00:01:00Z');
    const draft = await newestInvoice('stopped');
    await prepared.stripe.invoices.update(draft.id ?? '', { auto_advance: false });
    await moveTo('2026-11-05T02:00:00Z');
    const stopped = { status: (await newestInvoice('stopped')).status, codes: await codesOf('stopped') };
    await prepared.stripe.invoices.update(draft.id ?? '', { auto_advance: true });
    await moveTo('2026-11-05T03:00:00Z');

    expect(draft.status).toBe('draft');
    expect(stopped).toEqual({ status: 'draft', codes: ['draft-stopped'] });
    expect((await newestInvoice('stopped')).status).toBe('paid');
  });
});

describe('at Stripe itself', { timeout: 180_000 }, () => {
  test('a lost dispute is told: the money is gone, and the invoice stays paid', async () => {
    const [dispute] = (await prepared.stripe.disputes.list()).data;
    await prepared.stripe.disputes.close(dispute?.id ?? '');
    await prepared.cloud.settle();

    expect(await codesOf('disputed')).toContain('dispute-lost');
  });

  test('an invoice that cannot be made final is told with the reason', async () => {
    const failed = (await casesOf('failing')).find(({ code }) => code === 'invoice-finalisation-failed');

    expect(failed?.detail.error).toBe('customer_tax_location_invalid');
    expect((await newestInvoice('failing')).status).toBe('draft');
  });

  test('all that it heard and said is as it describes it', () => {
    expect(prepared.oracle.invalid).toEqual([]);
  });
});

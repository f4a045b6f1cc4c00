import * as z from 'zod';
import { DAY, HOUR, type Instant } from '#shared/platform/instant.ts';
import { listOf, textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import type { CommonEnd } from './common-end.ts';
import type { Flow } from './flow.ts';
import { InsistentClient } from './insistent-client.ts';
import { billingDayOf } from './next-start.ts';
import { insideOf, sentTo } from './own-end.ts';
import type { Party } from './party.ts';
import type { Subject } from './subject.ts';

/**
 * Everything that an account changes at Stripe:
 *
 *   1st day 00:00  account with a tax id and without a card; its line waits for the first payment
 *           02:00  a card: the first invoice is paid, the line begins
 *           04:00  another tax id in the place of the first
 *           06:00  a second line, on another plan
 *           08:00  invoices are sent from now on; until the next day there is time to heal
 *   3rd day 00:00  end of the period; until 09:00 its invoice is sent
 */
export const LINE_TO_SENT_INVOICE: Flow = {
  // Until the card, between the changes, and before the period ends: each has two hours to heal, the last a day.
  healedAt: [2 * HOUR, 4 * HOUR, 6 * HOUR, 8 * HOUR, 2 * DAY],
  run: async (prepared, party, start) => {
    await change(prepared, party, start);
    return (subject, common) => endOf(prepared, subject, common);
  },
  undisturbed: {
    lines: ['phone small active', 'tablet pay active'],
    taxIds: ['eu_vat SE123456789701'],
    subscriptions: ['active send_invoice'],
    invoices: ['paid subscription_create', 'open subscription_cycle'],
    bills: ['paid', 'open'],
    cases: [],
    // The sent invoice is looked at when it is due.
    due: ['dunning waits', 'period waits'],
  },
  // Stripe gives up what is not paid within 23 hours. By then invoices are sent: the lines begin with one that is open.
  declined: {
    lines: ['phone small active', 'tablet pay active'],
    taxIds: ['eu_vat SE123456789701'],
    subscriptions: ['active send_invoice', 'incomplete_expired charge_automatically'],
    invoices: ['void subscription_create', 'open subscription_create', 'open subscription_cycle'],
    cases: [],
  },
};

async function change({ cloud, operator, stripe }: PreparedCloud, party: Party, start: Instant): Promise<void> {
  const client = new InsistentClient(operator);
  const customers = new Map<Subject, string>();
  const accountOf = ({ email }: Subject, fields: object) => ({
    name: 'Faulty',
    email,
    currency: 'SEK',
    timezone: 'Europe/Stockholm',
    billingDay: billingDayOf(start),
    ...fields,
  });
  const put = (subject: Subject, fields: object) =>
    client.put(`/v1/accounts/${subject.account}`, accountOf(subject, fields));
  const putLine = ({ account }: Subject, { line, msisdn }: Subject['phone'], plan: string) =>
    client.put(`/v1/accounts/${account}/lines/${line}`, { msisdn, plan });

  await party.each(async subject => {
    const made = await put(subject, { taxIds: [{ type: 'eu_vat', value: 'SE556677889901' }] });
    customers.set(subject, textIn(made, 'stripeCustomer'));
    await putLine(subject, subject.phone, 'small');
  });
  await cloud.moveTo(start + 2 * HOUR);
  await party.each(async subject => {
    const customer = customers.get(subject) ?? '';
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  });
  await cloud.moveTo(start + 4 * HOUR);
  const taxIds = [{ type: 'eu_vat', value: 'SE123456789701' }];
  await party.each(subject => put(subject, { taxIds }));
  await cloud.moveTo(start + 6 * HOUR);
  await party.each(subject => putLine(subject, subject.tablet, 'pay'));
  await cloud.moveTo(start + 8 * HOUR);
  await party.each(subject => put(subject, { taxIds, collection: 'invoice' }));
  await cloud.moveTo(start + 2 * DAY + 9 * HOUR);
}

const Account = z.object({ stripeCustomer: z.string() });
const Line = z.object({ line: z.string(), plan: z.string(), state: z.string() });
const Bill = z.object({ status: z.string() });

async function endOf(prepared: PreparedCloud, subject: Subject, common: CommonEnd): Promise<object> {
  const { cloud, operator, stripe } = prepared;
  const get = async (path: string) => (await operator.get(`/v1/accounts/${subject.account}${path}`)).body;
  const { stripeCustomer: customer } = Account.parse(await get(''));
  const taxIds = await stripe.customers.listTaxIds(customer);
  const subscriptions = await stripe.subscriptions.list({ customer, status: 'all' });
  const invoices = await stripe.invoices.list({ customer });
  const items = subscriptions.data.flatMap(one => one.items.data);
  return {
    lines: listOf(Line, await get('/lines'))
      .map(({ line, plan, state }) => `${line} ${plan} ${state}`)
      .sort(),
    taxIds: taxIds.data.map(({ type, value }) => `${type} ${value}`),
    subscriptions: subscriptions.data.map(one => `${one.status} ${one.collection_method}`),
    items: items.map(({ price, quantity }) => `${quantity ?? 'metered'} × ${price.id}`).sort(),
    invoices: invoices.data.toReversed().map(({ status, billing_reason }) => `${status} ${billing_reason}`),
    totals: invoices.data.toReversed().map(({ total }) => total),
    bills: listOf(Bill, await get('/bills'))
      .toReversed()
      .map(({ status }) => status),
    ...(await sentTo(operator, subject, common)),
    ...(await insideOf(cloud, subject, common)),
  };
}

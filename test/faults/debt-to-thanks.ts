import * as z from 'zod';
import { DAY, HOUR, type Instant } from '#shared/platform/instant.ts';
import { textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import type { CommonEnd } from './common-end.ts';
import type { Flow } from './flow.ts';
import { InsistentClient } from './insistent-client.ts';
import { billingDayOf } from './next-start.ts';
import { insideOf, sentTo } from './own-end.ts';
import type { Party } from './party.ts';
import type { Subject } from './subject.ts';

/**
 * From a card that has expired to the thanks for the payment:
 *
 *   1st day 00:00  account with a card that works, a line, its first bill; then a card that does not
 *   3rd day 00:00  end of the period; 00:10 the charge is refused: the notice asks for another card
 *           06:00  reminder by mail and text message
 *           12:00  the line is slowed down
 *   4th day 00:00  a card that works: paid, restored, thanked; until 12:00 there is time to heal
 */
export const DEBT_TO_THANKS: Flow = {
  catalog: new URL('../fixtures/catalog-quick-dunning', import.meta.url).pathname,
  // Before the period ends, and between the notice, the reminder, the restriction and the card.
  healedAt: [2 * DAY, 2 * DAY + 3 * HOUR, 2 * DAY + 9 * HOUR, 3 * DAY],
  run: async (prepared, party, start) => {
    await owe(prepared, party, start);
    return (subject, common) => endOf(prepared, subject, common);
  },
  undisturbed: {
    line: 'active',
    standing: 'closed',
    history: [
      'opened',
      'message notice',
      'message reminder',
      'service slow',
      'payment-tried',
      'paid',
      'restored',
      'thanks',
      'closed',
    ],
    bills: ['6.45 paid', '100.00 paid'],
    invoices: ['paid 10000', 'paid 645'],
    told: [
      'bill email delivered -',
      'bill email delivered -',
      'new-card email delivered notice',
      'reminder email delivered reminder',
      'reminder sms delivered reminder',
      'thanks email delivered thanks',
    ],
    mails: 5,
    textMessages: 1,
    commands: ['phone throttle', 'phone restore'],
    cases: [],
    due: ['period waits'],
  },
  declined: {
    line: 'active',
    standing: 'open',
    history: ['opened', 'message notice', 'message reminder', 'service slow', 'payment-tried', 'payment-declined'],
    bills: ['6.45 paid', '100.00 open'],
    commands: ['phone throttle'],
    due: ['dunning waits', 'period waits'],
  },
};

async function owe({ cloud, operator, stripe }: PreparedCloud, party: Party, start: Instant): Promise<void> {
  const client = new InsistentClient(operator);
  const customers = new Map<Subject, string>();
  const giveCard = async (subject: Subject, card: string) => {
    const customer = customers.get(subject) ?? '';
    const { id } = await stripe.paymentMethods.attach(card, { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  };
  await party.each(async subject => {
    const { account, email, contact, phone } = subject;
    const made = await client.put(`/v1/accounts/${account}`, {
      name: 'Faulty',
      email,
      phone: contact,
      currency: 'SEK',
      billingDay: billingDayOf(start),
    });
    customers.set(subject, textIn(made, 'stripeCustomer'));
    await giveCard(subject, 'pm_card_visa');
    await client.put(`/v1/accounts/${account}/lines/${phone.line}`, { plan: 'small', msisdn: phone.msisdn });
  });
  await cloud.moveTo(start + HOUR);
  await party.each(subject => giveCard(subject, 'pm_card_chargeDeclinedExpiredCard'));
  await cloud.moveTo(start + 3 * DAY);
  await party.each(subject => giveCard(subject, 'pm_card_visa'));
  await cloud.moveTo(start + 3 * DAY + 12 * HOUR);
}

const Standing = z.object({
  state: z.string(),
  history: z.array(z.object({ what: z.string(), step: z.string().optional() })),
});
const Bills = z.object({ items: z.array(z.object({ total: z.string(), status: z.string() })) });
const Line = z.object({ state: z.string() });
const Account = z.object({ stripeCustomer: z.string() });

async function endOf(prepared: PreparedCloud, subject: Subject, common: CommonEnd): Promise<object> {
  const { cloud, operator, stripe } = prepared;
  const read = async <S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> =>
    schema.parse((await operator.get(`/v1/accounts/${subject.account}${path}`)).body);
  const { state, history } = await read(Standing, '/dunning');
  const bills = await read(Bills, '/bills');
  const { data } = await stripe.invoices.list({ customer: (await read(Account, '')).stripeCustomer });
  return {
    line: (await read(Line, `/lines/${subject.phone.line}`)).state,
    standing: state,
    history: history.map(({ what, step }) => (step === undefined || step === what ? what : `${what} ${step}`)),
    bills: bills.items.toReversed().map(({ total, status }) => `${total} ${status}`),
    invoices: data.map(({ status, total }) => `${status} ${total}`),
    ...(await sentTo(operator, subject, common)),
    ...(await insideOf(cloud, subject, common)),
  };
}

import type Stripe from 'stripe';
import { DAY, HOUR, type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import type { PostedRecord } from '#shared/usage/posting/record.ts';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { endState } from './end-state.ts';
import type { Flow } from './flow.ts';
import { InsistentClient } from './insistent-client.ts';
import { billingDayOf } from './next-start.ts';
import type { Party } from './party.ts';
import type { Posted } from './posted.ts';
import type { Subject } from './subject.ts';

const NETHERLANDS = '+31201111111';
const AMERICA = '+12125550100';

/** From the account's making over posted usage to the reconciled invoice and its bill. */
export const USAGE_TO_BILL: Flow = {
  // The first day is through: what Stripe could not deliver was fetched, and the usage was taken in.
  healedAt: [DAY],
  run: async (prepared, party, start) => {
    const posted = await post(prepared, party, start);
    return (subject, common) => endState(prepared, subject, { posted: posted(subject), common, start });
  },
  undisturbed: {
    positions: {
      state: 'closed',
      // 13.00 + 2.02 of calls; 360 MB less the 64.5 MB of two of 31 days: one GB begun; one message, voided.
      items: [15_020_000, 1, 0].map(String).map(n => ({ rated: n, acknowledged: n, confirmed: n, invoiced: n })),
    },
    quarantine: ['conflict to-the-netherlands +46700000001 faulty', 'unknown-line of-nobody +46709000099 -'],
    cases: [],
    // What the first line has of two of 31 days at once, and both for the period with what was used of it.
    bills: [
      { total: '6.45', status: 'paid', files: { html: true, pdf: true, csv: 1 } },
      { total: '320.47', status: 'paid', files: { html: true, pdf: true, csv: 363 } },
    ],
    told: ['bill email delivered -', 'bill email delivered -'],
    mails: 2,
    // The next period's end.
    due: ['period waits'],
  },
};

/**
 * Two days of an account with two lines, from its making to the reconciled invoice:
 *
 *   1st day 00:00  account, card, phone and tablet; Stripe's webhook leads nowhere
 *           02:00  a small batch with an unknown line in it; a batch that is too large for a message
 *           12:00  what Stripe could not deliver was fetched; the webhook leads here again
 *   2nd day 12:00  the account's minute has passed, usage is at Stripe; then a contradiction, a void, a repeat
 *   3rd day 00:00  end of the period; 00:05 closed, 01:00 invoice final, 02:00 reconciled; until 09:00 there is time to heal
 */
async function post(
  { cloud, operator, stripe }: PreparedCloud,
  party: Party,
  start: Instant,
): Promise<(subject: Subject) => Posted> {
  const client = new InsistentClient(operator);
  const at = (milliseconds: Instant) => printInstant(start + milliseconds);
  const unnamed = new Map<Subject, string>();
  const listenAgain = await listenNowhere(stripe);

  await party.each(async ({ account, email, phone, tablet }) => {
    const made = await client.put(`/v1/accounts/${account}`, {
      name: 'Faulty',
      email,
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      billingDay: billingDayOf(start),
    });
    const customer = textIn(made, 'stripeCustomer');
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    for (const { line, msisdn } of [phone, tablet]) {
      await client.put(`/v1/accounts/${account}/lines/${line}`, { plan: 'small', from: at(0), msisdn });
    }
  });

  await cloud.moveTo(start + 2 * HOUR);
  await party.each(subject => client.post(`/v1/usage?batch=${subject.named('small')}`, smallBatch(subject, at)));
  await cloud.settle();
  await party.each(async subject => {
    unnamed.set(subject, textIn(await client.post('/v1/usage', largeBatch(subject, at)), 'batch'));
  });

  await cloud.moveTo(start + 12 * HOUR + MINUTE);
  await listenAgain();
  await cloud.moveTo(start + DAY + 12 * HOUR);
  await party.each(subject =>
    client.post(
      `/v1/usage?batch=${subject.named('second-thoughts')}`,
      secondThoughts(subject, smallBatch(subject, at)),
    ),
  );

  await cloud.moveTo(start + 2 * DAY + 9 * HOUR);
  return subject => ({
    named: [subject.named('small'), subject.named('second-thoughts')],
    unnamed: unnamed.get(subject) ?? '',
  });
}

/** Stripe cannot reach the product's webhook until the answer is called. */
async function listenNowhere(stripe: Stripe): Promise<() => Promise<unknown>> {
  const { data } = await stripe.webhookEndpoints.list();
  const [endpoint] = data;
  if (endpoint === undefined) throw new Error('Stripe has no endpoint to deliver to.');
  // Nothing listens there. It is still ours by its path: a missing endpoint would be a case of its own.
  await stripe.webhookEndpoints.update(endpoint.id, { url: 'http://127.0.0.1:9/stripe/webhook' });
  return () => stripe.webhookEndpoints.update(endpoint.id, { url: endpoint.url });
}

type At = (milliseconds: Instant) => string;

function smallBatch({ phone, tablet, nobodys, named }: Subject, at: At): PostedRecord[] {
  const minuteLater = at(HOUR + MINUTE);
  return [
    aCall({ id: named('to-america'), line: phone.msisdn, peer: AMERICA, startedAt: at(HOUR), seconds: 61 }),
    aCall({
      id: named('to-the-netherlands'),
      line: phone.msisdn,
      peer: NETHERLANDS,
      startedAt: minuteLater,
      seconds: 90,
    }),
    anSms({ id: named('to-be-voided'), line: tablet.msisdn, startedAt: at(HOUR) }),
    anSms({ id: named('of-nobody'), line: nobodys, startedAt: at(HOUR) }),
  ];
}

/** Long ids of characters that take twelve bytes each in a message: above 256 KB with four page writes. */
const MANY = 360;
const LONG = '📶'.repeat(60);

function largeBatch({ tablet }: Subject, at: At): PostedRecord[] {
  return Array.from({ length: MANY }, (_, n) =>
    aDataSession({ id: `${LONG}${n}`, line: tablet.msisdn, startedAt: at(HOUR + n * 1_000), bytes: 1_000_000 }),
  );
}

function secondThoughts({ named }: Subject, [first, second, third]: readonly PostedRecord[]): PostedRecord[] {
  if (first === undefined || second === undefined || third === undefined) throw new Error('There are three.');
  return [first, { ...second, seconds: 900 }, aVoid(third, { id: named('void') })];
}

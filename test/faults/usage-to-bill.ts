import type Stripe from 'stripe';
import { DAY, HOUR, type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import type { PostedRecord } from '#shared/usage/posting/record.ts';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { textIn } from '#test/parts/answer-body.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import { endState } from './end-state.ts';
import { ACCOUNT, type Flow } from './flow.ts';
import { InsistentClient } from './insistent-client.ts';
import { billingDayOf } from './next-start.ts';

const PHONE = '+46700000001';
const TABLET = '+46700000002';
const NOBODYS = '+46709999999';
const NETHERLANDS = '+31201111111';
const AMERICA = '+12125550100';

/** From the account's making over posted usage to the reconciled invoice and its bill. */
export const USAGE_TO_BILL: Flow = {
  run: async (prepared, start) => {
    const posted = await post(prepared, start);
    return () => endState(prepared, posted, start);
  },
  undisturbed: {
    positions: {
      state: 'closed',
      // 13.00 + 2.02 of calls; 360 MB less the 64.5 MB of two of 31 days: one GB begun; one message, voided.
      items: [15_020_000, 1, 0].map(String).map(n => ({ rated: n, acknowledged: n, confirmed: n, invoiced: n })),
    },
    quarantine: ['conflict to-the-netherlands +46700000001 -', 'unknown-line of-nobody +46709999999 -'],
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
    unfinishedEvents: 0,
    messages: [],
  },
};

/** What the flow's client knows of its batches. */
export interface Posted {
  readonly named: readonly string[];
  /** Its id was made by us: a repeat after a lost answer is another batch, all of duplicates. */
  readonly unnamed: string;
}

/**
 * Two days of an account with two lines, from its making to the reconciled invoice:
 *
 *   1st day 00:00  account, card, phone and tablet; Stripe's webhook leads nowhere
 *           02:00  a small batch with an unknown line in it; a batch that is too large for a message
 *           12:00  what Stripe could not deliver was fetched; the webhook leads here again
 *   2nd day 12:00  the account's minute has passed, usage is at Stripe; then a contradiction, a void, a repeat
 *   3rd day 00:00  end of the period; 00:05 closed, 01:00 invoice final, 02:00 reconciled; until 09:00 there is time to heal
 */
async function post({ cloud, operator, stripe }: PreparedCloud, start: Instant): Promise<Posted> {
  const client = new InsistentClient(operator);
  const at = (milliseconds: Instant) => printInstant(start + milliseconds);
  const listenAgain = await listenNowhere(stripe);

  const made = await client.put(`/v1/accounts/${ACCOUNT}`, {
    name: 'Faulty',
    email: 'faulty@example.com',
    currency: 'SEK',
    timezone: 'Europe/Stockholm',
    billingDay: billingDayOf(start),
  });
  const customer = textIn(made, 'stripeCustomer');
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const line = { plan: 'small', from: at(0) };
  await client.put(`/v1/accounts/${ACCOUNT}/lines/phone`, { ...line, msisdn: PHONE });
  await client.put(`/v1/accounts/${ACCOUNT}/lines/tablet`, { ...line, msisdn: TABLET });

  await cloud.moveTo(start + 2 * HOUR);
  const records = smallBatch(at);
  await client.post('/v1/usage?batch=small', records);
  await cloud.settle();
  const large = await client.post('/v1/usage', largeBatch(at));

  await cloud.moveTo(start + 12 * HOUR + MINUTE);
  await listenAgain();
  await cloud.moveTo(start + DAY + 12 * HOUR);
  await client.post('/v1/usage?batch=second-thoughts', secondThoughts(records));

  await cloud.moveTo(start + 2 * DAY + 9 * HOUR);
  return { named: ['small', 'second-thoughts'], unnamed: textIn(large, 'batch') };
}

/** Stripe cannot reach the product's webhook until the answer is called. */
async function listenNowhere(stripe: Stripe): Promise<() => Promise<unknown>> {
  const { data } = await stripe.webhookEndpoints.list();
  const [endpoint] = data;
  if (endpoint === undefined) throw new Error('Stripe has no endpoint to deliver to.');
  await stripe.webhookEndpoints.update(endpoint.id, { url: 'http://127.0.0.1:9/nowhere' });
  return () => stripe.webhookEndpoints.update(endpoint.id, { url: endpoint.url });
}

type At = (milliseconds: Instant) => string;

function smallBatch(at: At): PostedRecord[] {
  return [
    aCall({ id: 'to-america', line: PHONE, peer: AMERICA, startedAt: at(HOUR), seconds: 61 }),
    aCall({ id: 'to-the-netherlands', line: PHONE, peer: NETHERLANDS, startedAt: at(HOUR + MINUTE), seconds: 90 }),
    anSms({ id: 'to-be-voided', line: TABLET, startedAt: at(HOUR) }),
    anSms({ id: 'of-nobody', line: NOBODYS, startedAt: at(HOUR) }),
  ];
}

/** Long ids of characters that take twelve bytes each in a message: above 256 KB with four page writes. */
const MANY = 360;
const LONG = '📶'.repeat(60);

function largeBatch(at: At): PostedRecord[] {
  return Array.from({ length: MANY }, (_, n) =>
    aDataSession({ id: `${LONG}${n}`, line: TABLET, startedAt: at(HOUR + n * 1_000), bytes: 1_000_000 }),
  );
}

function secondThoughts([first, second, third]: readonly PostedRecord[]): PostedRecord[] {
  if (first === undefined || second === undefined || third === undefined) throw new Error('There are three.');
  return [first, { ...second, seconds: 900 }, aVoid(third, { id: 'void' })];
}

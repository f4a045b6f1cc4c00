import { aCall, anSms } from '#test/builders/usage.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import type { Books } from './books.ts';

/** Four people in four languages. Their clocks are one hour ahead of UTC in winter, Dave's is UTC. */
export const ANNA = aSubscriber('anna', 'Anna Berg', '+46700000101', 'sv', 'SEK', 'Europe/Stockholm');
export const BRAM = aSubscriber('bram', 'Bram de Vries', '+31600000102', 'nl', 'EUR', 'Europe/Amsterdam');
export const CHLOE = aSubscriber('chloe', 'Chloé Martin', '+33600000103', 'fr', 'EUR', 'Europe/Paris');
export const DAVE = aSubscriber('dave', 'Dave Smith', '+447000000104', 'en', 'EUR', 'Europe/London');
export const SUBSCRIBERS = [ANNA, BRAM, CHLOE, DAVE];

function aSubscriber(account: string, name: string, phone: string, locale: string, currency: string, timezone: string) {
  const email = `${account}@example.com`;
  return { account, email, phone, fields: { name, email, phone, locale, currency, timezone } };
}

/** Each gets a card that works, and a line from now on. */
export async function subscribe(prepared: PreparedCloud, books: Books): Promise<void> {
  for (const { account, phone, fields } of SUBSCRIBERS) {
    await books.open(account, { ...fields, billingDay: 1, itemised: true });
    await prepared.operator.put(`/v1/accounts/${account}/lines/first`, { msisdn: phone, plan: 'small' });
  }
}

/**
 * Of everybody on this day: five minutes to Sweden, which are included; 61 s to America, two minutes begun: 1.00 + 12.00
 * SEK, 0.10 + 1.20 EUR; a message of 1.00 SEK, 0.10 EUR. With the next month's fee: 114.00 SEK, 11.40 EUR.
 */
export async function use(prepared: PreparedCloud, day: string): Promise<void> {
  const records = SUBSCRIBERS.flatMap(({ account, phone: line }) => [
    aCall({ id: `${account}-${day}-1`, line, peer: '+46811111111', startedAt: `${day}T08:00:00Z`, seconds: 300 }),
    aCall({ id: `${account}-${day}-2`, line, peer: '+12125550100', startedAt: `${day}T09:00:00Z`, seconds: 61 }),
    anSms({ id: `${account}-${day}-3`, line, startedAt: `${day}T10:00:00Z` }),
  ]);
  await prepared.operator.post('/v1/usage', records);
  await prepared.cloud.settle();
}

/** From now on the account's invoices are charged to this card. */
export async function giveCard({ stripe }: PreparedCloud, books: Books, account: string, card: string): Promise<void> {
  const customer = books.customerOf(account);
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

/** Clicks on a link in a mail, and chooses this card on the page that it leads to. Returns the page's path. */
export async function clickAndChoose(prepared: PreparedCloud, link: string, card: string): Promise<string> {
  const clicked = await fetch(link, { redirect: 'manual' });
  const page = clicked.headers.get('location') ?? '';
  const chosen = await fetch(page, { method: 'POST', body: new URLSearchParams({ card }), redirect: 'manual' });
  await prepared.cloud.settle();
  return `${clicked.status} ${new URL(page).pathname.replace(/[^/]+$/, '')} ${chosen.status}`;
}

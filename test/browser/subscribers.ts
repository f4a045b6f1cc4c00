import { beforeAll } from 'vitest';
import type { SentMail } from '#infra/local/outgoing/sent-mail.ts';
import { aCall, aDataSession, anSms } from '#test/builders/usage.ts';
import { textIn } from '#test/parts/answer-body.ts';
import { type PreparedCloud, usePreparedCloud } from '#test/parts/prepared-cloud.ts';

/** How somebody pays: by a card, until the second period by one that works; or on receiving the bill. */
const PAYERS = [
  { locale: 'sv', currency: 'SEK', line: '+46701110001', timezone: 'Europe/Stockholm', card: 'pm_card_visa' },
  {
    locale: 'nl',
    currency: 'EUR',
    line: '+31612340001',
    timezone: 'Europe/Amsterdam',
    card: 'pm_card_chargeCustomerFail',
  },
  { locale: 'fr', currency: 'EUR', line: '+33612340001', timezone: 'Europe/Paris', card: undefined },
  { locale: 'en', currency: 'EUR', line: '+31612340002', timezone: 'UTC', card: 'pm_card_chargeDeclinedExpiredCard' },
] as const;

export const LOCALES = PAYERS.map(({ locale }) => locale);
export type SubscriberLocale = (typeof LOCALES)[number];

export interface Subscribers extends PreparedCloud {
  /** The newest mail to the subscriber of that language with that subject. */
  readonly mailTo: (locale: SubscriberLocale, subject: RegExp) => SentMail;
  /** Where the button of that mail leads. */
  readonly linkTo: (locale: SubscriberLocale, subject: RegExp) => string;
}

/**
 * The sample catalog and four subscribers, named by their languages, who used November. It is the afternoon of
 * 1 December: bills are out, and the Dutch and the English one have been told that their card failed.
 */
export function useSubscribers(): Subscribers {
  const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
  beforeAll(() => liveThroughNovember(prepared));
  const mailTo: Subscribers['mailTo'] = (locale, subject) => {
    const mails = prepared.cloud.outbox.mails().filter(({ to }) => to === `${locale}@example.com`);
    const found = mails.find(mail => subject.test(mail.subject));
    if (found === undefined) throw new Error(`None is about that: ${mails.map(mail => mail.subject).join('; ')}`);
    return found;
  };
  const linkTo: Subscribers['linkTo'] = (locale, subject) => firstLink(mailTo(locale, subject));
  return new Proxy<Subscribers>(Object.create(null), {
    get: (_, member) => (member === 'mailTo' ? mailTo : member === 'linkTo' ? linkTo : Reflect.get(prepared, member)),
  });
}

/** Each stands alone on its line. */
function firstLink({ text }: SentMail): string {
  return text.split('\n').find(line => line.startsWith('http')) ?? '';
}

async function liveThroughNovember({ operator, stripe, cloud }: PreparedCloud): Promise<void> {
  for (const { locale, currency, line, timezone, card } of PAYERS) {
    const fields = { name: `Subscriber ${locale}`, email: `${locale}@example.com`, locale, currency, timezone };
    const collection = card === undefined ? 'invoice' : 'automatic';
    const account = { ...fields, collection, itemised: true, billingDay: 1 };
    const { body } = await operator.put(`/v1/accounts/${locale}`, account);
    const customer = textIn(body, 'stripeCustomer');
    const give = async (id: string) => {
      const method = await stripe.paymentMethods.attach(id, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    };
    if (card !== undefined) await give('pm_card_visa');
    await operator.put(`/v1/accounts/${locale}/lines/first`, { msisdn: line, plan: 'mobile-10' });
    if (card !== undefined && card !== 'pm_card_visa') await give(card);
  }
  await cloud.moveTo(Date.UTC(2026, 10, 20));
  const usage = PAYERS.flatMap(({ line }) => [
    aCall({ line, peer: '+4681234567', startedAt: '2026-11-03T09:00:00Z', seconds: 200 }),
    aCall({ line, peer: '+12125550100', startedAt: '2026-11-05T12:00:00Z', seconds: 330 }),
    anSms({ line, startedAt: '2026-11-06T12:00:00Z' }),
    aDataSession({ line, startedAt: '2026-11-07T12:00:00Z', bytes: 12_400_000_000 }),
  ]);
  await operator.post('/v1/usage', usage);
  await cloud.moveTo(Date.UTC(2026, 11, 1, 14));
}

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { enterCode, sendCode } from '#shared/access/access-code.ts';
import { codePage } from '#shared/access/html/code-page.tsx';
import { maskedMail, maskedName, maskedPhone } from '#shared/access/masked.ts';
import { paymentStatusView } from '#shared/access/payment-status-view.ts';
import { sessionCookie } from '#shared/access/session.ts';
import { pageTextsOf } from '#shared/access/texts/page-texts-of.ts';
import { linesOf } from '#shared/accounts/account-book.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { logFailure } from '#shared/platform/log.ts';
import { type OpenBill, openBill } from './open-bill.ts';
import { htmlAnswer, seeOther } from './open-link.ts';
import type { PageServices } from './services.ts';

/** What anybody with the link sees, and the way to see the rest. */
export async function lockedPage(
  services: PageServices,
  opened: OpenBill,
  { status = 200, isSent, trouble }: { status?: number; isSent: boolean; trouble?: string },
): Promise<Answer> {
  const { account, sender, brand, item, path } = opened;
  const { to } = await wayOf(services, opened);
  const { locale, name } = account;
  const summary = { ...paymentStatusView(account, item, services.clock()), name: maskedName(name) };
  const logo = brand?.logo ?? undefined;
  return htmlAnswer(status, codePage({ locale, sender, logo, summary, to, path, isSent, trouble }));
}

/** A brand that wants text messages, and an account without any number: the mail has to do. */
async function wayOf({ ledger }: PageServices, { account, brand }: OpenBill) {
  const lines =
    brand?.secondFactor === 'sms' && account.phone === undefined ? await linesOf(ledger, account.account) : [];
  const phone = account.phone ?? lines.find(({ state }) => state !== 'ended')?.msisdn;
  return brand?.secondFactor === 'sms' && phone !== undefined
    ? ({ channel: 'sms', to: maskedPhone(phone) } as const)
    : ({ channel: 'email', to: maskedMail(account.email) } as const);
}

/** Has a code sent, and leads back to where it is entered. */
export async function orderCode(event: APIGatewayProxyEventV2, services: PageServices): Promise<Answer> {
  const opened = await openBill(services, event, event.pathParameters?.token ?? '');
  if ('refused' in opened) return opened.refused;
  const { account, item, path, isLocked } = opened;
  if (!isLocked) return seeOther(path);
  const now = services.clock();
  const { signing: secret } = await services.secrets();
  const { channel } = await wayOf(services, opened);
  const { currency, total } = item.bill;
  const sent = await sendCode(
    { table: services.ledger, secret, now },
    { account, channel, code: services.newCode(), bill: { currency, total } },
  );
  switch (sent.outcome) {
    case 'sent':
      // The subscriber is waiting. Where this fails, the sweeper finds the message within a minute.
      await services.hurry(sent.message, now).catch(error => logFailure('code not hurried', error));
      return seeOther(`${path}?sent`);
    case 'under-way':
      return seeOther(`${path}?sent`);
    case 'too-many': {
      const time = formatsOf(account.locale, currency, account.timezone).recordTime(sent.againAt);
      const trouble = pageTextsOf(account.locale).tooManyCodes(time);
      return lockedPage(services, opened, { status: 429, isSent: true, trouble });
    }
    default:
      return sent satisfies never;
  }
}

/** Opens the bill with the code. */
export async function takeCode(event: APIGatewayProxyEventV2, services: PageServices): Promise<Answer> {
  const opened = await openBill(services, event, event.pathParameters?.token ?? '');
  if ('refused' in opened) return opened.refused;
  const { account, path, isLocked } = opened;
  if (!isLocked) return seeOther(path);
  const now = services.clock();
  const { signing: secret } = await services.secrets();
  const texts = pageTextsOf(account.locale);
  const entered = await enterCode({ table: services.ledger, secret, now }, account.account, enteredIn(event));
  switch (entered.outcome) {
    case 'right':
      return { ...seeOther(path), cookies: [sessionCookie(secret, account.account, now)] };
    case 'wrong':
      return lockedPage(services, opened, { status: 403, isSent: true, trouble: texts.wrongCode(entered.triesLeft) });
    case 'over':
      return lockedPage(services, opened, { status: 403, isSent: false, trouble: texts.codeOver });
    default:
      return entered satisfies never;
  }
}

/** Of the form; whatever else was sent is not a code. */
function enteredIn({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  return new URLSearchParams(text.slice(0, 200)).get('code') ?? '';
}

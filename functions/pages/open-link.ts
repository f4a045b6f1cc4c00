import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { askedLocale } from '#shared/access/asked-locale.ts';
import { plainPage } from '#shared/access/html/plain-page.tsx';
import { type Link, readLink } from '#shared/access/link-token.ts';
import type { PlainText } from '#shared/access/texts/page-texts.ts';
import { pageTextsOf } from '#shared/access/texts/page-texts-of.ts';
import { findAccount } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { type Brand, brandOf } from '#shared/catalog/brand.ts';
import { type Sender, senderOf } from '#shared/messages/mail/sender.ts';
import { Failure } from '#shared/platform/failure.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { operatorName, type PageServices } from './services.ts';

/** Who opened a link to what, and in whose name it is answered. */
export interface OpenLink {
  readonly link: Link;
  readonly account: AccountItem;
  readonly brand: Brand | undefined;
  readonly sender: Sender;
}

/**
 * Opens a token, or answers with a page that says why not: 404 for one that this stage did not sign or that stands for
 * something else, 410 for one whose time is over.
 */
export async function openLink(
  services: PageServices,
  event: APIGatewayProxyEventV2,
  token: string,
  targets: readonly Link['to'][],
): Promise<OpenLink | { readonly refused: Answer }> {
  const { accepted } = await services.secrets();
  const read = readLink(accepted, token, services.clock());
  if (read.state === 'unknown' || !targets.includes(read.link.to))
    return { refused: await unknownLink(services, event) };
  const account = await findAccount(services.ledger, read.link.account, { consistent: false });
  if (account === undefined) return { refused: await unknownLink(services, event) };
  const brand = brandOf(await services.catalogs(), account, services.clock());
  const open = { link: read.link, account, brand, sender: senderOf(brand, account, services.mailFrom) };
  if (read.state === 'expired') return { refused: says(open, 410, pageTextsOf(account.locale).expiredLink) };
  return open;
}

/** A page that says this, in the account's language and the name of its brand. */
export function says(
  { account, sender, brand }: Pick<OpenLink, 'account' | 'sender' | 'brand'>,
  status: number,
  text: PlainText,
  action?: { readonly label: string; readonly href: string },
): Answer {
  const logo = brand?.logo ?? undefined;
  return htmlAnswer(status, plainPage({ locale: account.locale, sender, logo, ...text, ...(action && { action }) }));
}

/** In the name of the first brand: whose link it was is not known. */
export async function unknownLink(services: PageServices, event: APIGatewayProxyEventV2): Promise<Answer> {
  const brand = brandOf(await services.catalogs(), {}, services.clock());
  return anonymous(event, { status: 404, text: 'unknownLink', brand });
}

/** What a browser sees of a failure: 404 for what is not there, else that it is our fault. */
export function failurePage(error: unknown, event: APIGatewayProxyEventV2): Answer {
  const status = error instanceof Failure ? error.status : 500;
  if (status < 500)
    return { ...anonymous(event, { status: 404, text: 'unknownLink' }), status: status === 429 ? 429 : 404 };
  const answer = anonymous(event, { status, text: 'unavailable' });
  return { ...answer, headers: { ...answer.headers, ...(status === 503 && { 'retry-after': '10' }) } };
}

interface Anonymous {
  readonly status: number;
  readonly text: 'unknownLink' | 'unavailable';
  /** Not known where the services could not start. */
  readonly brand?: Brand | undefined;
}

function anonymous(event: APIGatewayProxyEventV2, { status, text, brand }: Anonymous): Answer {
  const locale = askedLocale(event.headers['accept-language']);
  const sender = senderOf(brand, { locale }, operatorName());
  const logo = brand?.logo ?? undefined;
  return htmlAnswer(status, plainPage({ locale, sender, logo, ...pageTextsOf(locale)[text] }));
}

export function htmlAnswer(status: number, body: string): Answer {
  return {
    status,
    body,
    headers: { 'content-type': 'text/html; charset=utf-8', 'x-robots-tag': 'noindex, nofollow' },
  };
}

/** `?sent`, which others on the way may write as `?sent=`, or put something of their own beside. */
export function isSaid({ queryStringParameters }: APIGatewayProxyEventV2, word: string): boolean {
  return queryStringParameters?.[word] !== undefined;
}

/** The address may hold what opens a stranger's invoice: it is kept nowhere. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location, 'content-type': 'text/plain; charset=utf-8' } };
}

/** For `HEAD`. */
export function withoutBody({ status, headers = {}, cookies = [] }: Answer): Answer {
  return { status, headers, cookies };
}

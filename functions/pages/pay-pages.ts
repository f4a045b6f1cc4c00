import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { signLink } from '#shared/access/link-token.ts';
import { pageTextsOf } from '#shared/access/texts/page-texts-of.ts';
import { linesOf } from '#shared/accounts/account-book.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { isSaid, type OpenLink, openLink, says, seeOther, unknownLink } from './open-link.ts';
import type { PageServices } from './services.ts';

/** Leads to the provider's page, found or made at each click, or says why there is nothing to do. */
export async function leadToPay(event: APIGatewayProxyEventV2, services: PageServices): Promise<Answer> {
  const token = event.pathParameters?.token ?? '';
  const opened = await openLink(services, event, token, ['pay', 'card']);
  if ('refused' in opened) return opened.refused;
  return opened.link.to === 'card'
    ? leadToCard(event, services, opened, token)
    : leadToInvoice(event, services, opened);
}

async function leadToInvoice(event: APIGatewayProxyEventV2, services: PageServices, opened: OpenLink): Promise<Answer> {
  const { account, link } = opened;
  const texts = pageTextsOf(account.locale);
  const invoice = await services.payments.invoice(link.subject);
  if (invoice === undefined || invoice.customer !== account.stripeCustomer) return unknownLink(services, event);
  const number = invoice.number ?? '';
  switch (invoice.status) {
    case 'draft':
      return says(opened, 200, texts.notFinal);
    case 'paid':
      return says(opened, 200, texts.paid(number));
    case 'void':
      return (await hasWaitingLine(services, account.account))
        ? says(opened, 200, texts.lineWaits, { label: texts.storeCard, href: await cardLink(services, opened) })
        : says(opened, 200, texts.cancelled(number));
    case 'open':
    case 'uncollectible':
      return invoice.url === undefined || !invoice.isOwed
        ? says(opened, 200, texts.paid(number))
        : seeOther(invoice.url);
    default:
      return invoice.status satisfies never;
  }
}

async function hasWaitingLine({ ledger }: PageServices, account: string): Promise<boolean> {
  return (await linesOf(ledger, account, { consistent: false })).some(({ state }) => state === 'pending');
}

async function cardLink({ secrets }: PageServices, { link }: OpenLink): Promise<string> {
  const { signing } = await secrets();
  return `/pay/${signLink(signing, { ...link, to: 'card', subject: '' })}`;
}

async function leadToCard(
  event: APIGatewayProxyEventV2,
  services: PageServices,
  opened: OpenLink,
  token: string,
): Promise<Answer> {
  const { account } = opened;
  const texts = pageTextsOf(account.locale);
  const here = `/pay/${token}`;
  if (isSaid(event, 'saved')) return says(opened, 200, texts.cardSaved);
  if (isSaid(event, 'back')) {
    return says(opened, 200, texts.cardAsBefore, { label: texts.storeCard, href: here });
  }
  if (account.stripeCustomer === undefined) return unknownLink(services, event);
  const own = `${services.address}${here}`;
  return seeOther(
    await services.payments.cardPage({
      customer: account.stripeCustomer,
      locale: account.locale,
      saved: `${own}?saved`,
      back: `${own}?back`,
    }),
  );
}

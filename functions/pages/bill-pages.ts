import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Link, signLink } from '#shared/access/link-token.ts';
import { noteOpened } from '#shared/access/note-opened.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billFile } from '#shared/invoicing/objects/bill-file.ts';
import { billsOf, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { readBillDocument } from '#shared/invoicing/objects/bill-objects.ts';
import { billWords } from '#shared/invoicing/view/bill-words.ts';
import { earlierBills } from '#shared/invoicing/view/earlier-bills.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { logFailure } from '#shared/platform/log.ts';
import { lockedPage } from './code-pages.ts';
import { type OpenBill, openBill } from './open-bill.ts';
import { htmlAnswer, isSaid, seeOther } from './open-link.ts';
import type { PageServices } from './services.ts';

type FileForm = 'pdf' | 'csv' | 'sheet.csv';

/** The bill of the link as a page, or with `.pdf`, `.sheet.csv` or `.csv` behind the token as a file. */
export async function showBill(event: APIGatewayProxyEventV2, services: PageServices): Promise<Answer> {
  const [, token = '', form] = /^([\w-]+)(?:\.(pdf|csv|sheet\.csv))?$/.exec(event.pathParameters?.token ?? '') ?? [];
  const opened = await openBill(services, event, token, form === 'pdf' ? ['bill', 'letter'] : ['bill']);
  if ('refused' in opened) return opened.refused;
  const { item, link, path, isLocked } = opened;
  // A letter is printed before it arrives.
  if (link.to === 'bill' && event.requestContext.http.method === 'GET') await tellOpened(services, link);
  if (form === 'pdf' || form === 'csv' || form === 'sheet.csv') {
    return isLocked ? seeOther(path) : file(services, item, form);
  }
  if (isLocked) return lockedPage(services, opened, { isSent: isSaid(event, 'sent') });
  return page(services, opened);
}

async function page(services: PageServices, { link, item, path }: OpenBill): Promise<Answer> {
  const { bills, clock, ledger } = services;
  const document = await readBillDocument(bills, item.account, item.bill.id);
  const current = { issuedAt: item.bill.issuedAt, timezone: document.timezone };
  const earlier = earlierBills(await billsOf(ledger, item.account), current, billWords(document), clock());
  const { signing } = await services.secrets();
  const pay: Link = { to: 'pay', account: link.account, subject: item.invoice, expiresAt: link.expiresAt };
  const paymentStatus = item.standing && {
    at: clock(),
    earlier,
    // The provider's own address works for a limited time; ours makes a new one on each click.
    now: { ...item.standing, ...(item.standing.payUrl && { payUrl: `/pay/${signLink(signing, pay)}` }) },
  };
  const files = { pdf: `${path}.pdf`, sheet: `${path}.sheet.csv` };
  return htmlAnswer(200, billPage(document, { files, ...(paymentStatus && { paymentStatus }) }));
}

/** The bill is shown, whether or not this succeeds. */
async function tellOpened({ ledger, clock }: PageServices, { account, subject }: Link): Promise<void> {
  await noteOpened(ledger, account, subject, clock()).catch(error => logFailure('opening not noted', error));
}

async function file({ bills }: PageServices, item: ItemOfBill, form: FileForm): Promise<Answer> {
  const { headers, ...answer } = await billFile(bills, item, form);
  return { ...answer, headers: { ...headers, 'x-robots-tag': 'noindex, nofollow' } };
}

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Link, signLink } from '#shared/access/link-token.ts';
import { noteOpened } from '#shared/access/note-opened.ts';
import type { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import type { ShownRecords } from '#shared/invoicing/html/record-links.ts';
import { annexPartFile, billFile } from '#shared/invoicing/objects/bill-file.ts';
import { billsOf, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { readBillDocument } from '#shared/invoicing/objects/bill-objects.ts';
import { annexFiles } from '#shared/invoicing/records/annex-files.ts';
import { readRecordsPage, SHOWN_AT_ONCE } from '#shared/invoicing/records/records-page.ts';
import { billWords } from '#shared/invoicing/view/bill-words.ts';
import { earlierBills } from '#shared/invoicing/view/earlier-bills.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { logFailure } from '#shared/platform/log.ts';
import { lockedPage } from './code-pages.ts';
import { type OpenBill, openBill } from './open-bill.ts';
import { htmlAnswer, isSaid, seeOther } from './open-link.ts';
import type { PageServices } from './services.ts';

/** The bill of the link as a page, or with `.pdf`, `.sheet.csv`, `.csv` or a part's number behind the token as a file. */
export async function showBill(event: APIGatewayProxyEventV2, services: PageServices): Promise<Answer> {
  const [, token = '', form] =
    /^([\w-]+)(?:\.(pdf|csv|sheet\.csv|[1-9]\d{0,4}\.pdf))?$/.exec(event.pathParameters?.token ?? '') ?? [];
  const opened = await openBill(services, event, token, form?.endsWith('pdf') ? ['bill', 'letter'] : ['bill']);
  if ('refused' in opened) return opened.refused;
  const { item, link, path, isLocked } = opened;
  // A letter is printed before it arrives.
  if (link.to === 'bill' && event.requestContext.http.method === 'GET') await tellOpened(services, link);
  if (form !== undefined) return isLocked ? seeOther(path) : file(services, item, form);
  if (isLocked) return lockedPage(services, opened, { isSent: isSaid(event, 'sent') });
  return page(services, opened, pageIn(event));
}

/** `?page=2` of a long list of records. */
function pageIn({ queryStringParameters }: APIGatewayProxyEventV2): number {
  const asked = /^[1-9]\d{0,5}$/.exec(queryStringParameters?.page ?? '')?.[0];
  return asked === undefined ? 1 : Number(asked);
}

/** What the page shows of the single records. */
async function shownRecords(
  { bills, ledger }: PageServices,
  { item, path }: OpenBill,
  document: BillDocument,
  number: number,
): Promise<ShownRecords> {
  const from = (number - 1) * SHOWN_AT_ONCE;
  const page = await readRecordsPage(bills, item, document, { from, count: SHOWN_AT_ONCE });
  const files = await annexFiles(ledger, item);
  const papers = files?.papers ?? [];
  return {
    page,
    pageHref: place => (place === 1 ? path : `${path}?page=${place}`),
    papers: papers.flatMap((isReady, place) => (isReady ? [`${path}.${place + 1}.pdf`] : [])),
    isInTheMaking: files !== undefined && !(files.isTableReady && papers.every(isReady => isReady)),
    table: files?.isTableReady ? `${path}.csv` : undefined,
  };
}

async function page(services: PageServices, opened: OpenBill, number: number): Promise<Answer> {
  const { link, item, path } = opened;
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
  const shown = await shownRecords(services, opened, document, number);
  return htmlAnswer(200, billPage(document, { files, shown, ...(paymentStatus && { paymentStatus }) }));
}

/** The bill is shown, whether or not this succeeds. */
async function tellOpened({ ledger, clock }: PageServices, { account, subject }: Link): Promise<void> {
  await noteOpened(ledger, account, subject, clock()).catch(error => logFailure('opening not noted', error));
}

async function file({ bills }: PageServices, item: ItemOfBill, form: string): Promise<Answer> {
  const part = Number.parseInt(form, 10);
  const found = Number.isNaN(part)
    ? billFile(bills, item, form === 'csv' || form === 'sheet.csv' ? form : 'pdf')
    : annexPartFile(bills, item, part);
  const { headers, ...answer } = await found;
  return { ...answer, headers: { ...headers, 'x-robots-tag': 'noindex, nofollow' } };
}

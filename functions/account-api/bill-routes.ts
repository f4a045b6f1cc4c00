import * as z from 'zod';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { billOperations } from '#shared/api/bill-operations.ts';
import { billProof } from '#shared/invoicing/document/bill-proof.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { annexPartFile, billFile, largeDocument, proofFile } from '#shared/invoicing/objects/bill-file.ts';
import { billsOf, findBill, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { readBillDocument } from '#shared/invoicing/objects/bill-objects.ts';
import { annexFiles } from '#shared/invoicing/records/annex-files.ts';
import { readRecordsPage, SHOWN_AT_ONCE, shownFirst } from '#shared/invoicing/records/records-page.ts';
import { billWords } from '#shared/invoicing/view/bill-words.ts';
import { earlierBills } from '#shared/invoicing/view/earlier-bills.ts';
import { withPaymentStatus } from '#shared/invoicing/view/with-payment-status.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { preferredType } from '#shared/platform/http/accepted.ts';
import { type Answer, ok } from '#shared/platform/http/answer.ts';
import { pageAnswer, pageOfAll, placeIn } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { AccountApiServices } from './services.ts';

const TYPES = {
  'application/json': 'json',
  'text/html': 'html',
  'application/pdf': 'pdf',
  'text/csv': 'csv',
} as const;

const handlers: Handlers<typeof billOperations, AccountApiServices> = {
  listBills: async (request, { accounts }) => {
    const { account } = request.params;
    await readAccount(accounts, account);
    return pageOfAll(request, await billsOf(accounts.ledger, account), ({ bill }) => bill.id, listed);
  },
  getBill: async ({ params, headers }, services) => {
    const { id, form } = formOf(params.bill, headers);
    const item = await readItem(services, id);
    return form === 'json' || form === 'html' ? page(services, item, form) : billFile(services.bills, item, form);
  },
  getProof: async ({ params }, services) => {
    const { bills, manifests, accounts } = services;
    const sources = { objects: bills, manifests, table: accounts.ledger };
    const item = await readItem(services, params.bill);
    const { proof } = await readBillDocument(bills, item.account, item.bill.id);
    return (await proofFile(bills, item, proof.records)) ?? ok(await billProof(sources, item));
  },
  listBillRecords: async (request, services) => {
    const { params, query } = request;
    const item = await readItem(services, params.bill);
    const document = await readBillDocument(services.bills, item.account, item.bill.id);
    const from = placeIn(request, z.int().nonnegative()) ?? 0;
    const { records, all } = await readRecordsPage(services.bills, item, document, { from, count: query.limit });
    const to = from + records.length;
    return pageAnswer(request, records, to < all ? to : undefined);
  },
  getAnnex: async ({ params }, services) => {
    const item = await readItem(services, params.bill);
    const files = await annexFiles(services.accounts.ledger, item);
    const { id } = item.bill;
    const stateOf = (isReady: boolean) => (isReady ? 'ready' : 'making');
    return ok({
      bill: id,
      records: files?.records ?? null,
      csv: { state: stateOf(files?.isTableReady ?? true), href: `/v1/bills/${id}.csv` },
      papers: (files?.papers ?? []).map((isReady, place) => ({
        part: place + 1,
        state: stateOf(isReady),
        href: `/v1/bills/${id}/annex/${place + 1}`,
      })),
    });
  },
  getAnnexPart: async ({ params }, services) =>
    annexPartFile(services.bills, await readItem(services, params.bill), params.part),
};

export const billRoutes = routesFor(billOperations, handlers);

/** An item of the list (contract section 8). */
function listed({ bill, standing: paymentStatus }: ItemOfBill) {
  return {
    id: bill.id,
    number: bill.number,
    issuedAt: printInstant(bill.issuedAt),
    currency: bill.currency,
    total: bill.total,
    due: paymentStatus?.due ?? bill.total,
    status: paymentStatus?.status ?? 'open',
  };
}

/** The suffix decides, else `Accept`, else JSON. */
function formOf(name: string, headers: Readonly<Record<string, string | undefined>>) {
  const suffix = (['sheet.csv', ...Object.values(TYPES)] as const).find(form => name.endsWith(`.${form}`));
  if (suffix !== undefined) return { id: name.slice(0, -suffix.length - 1), form: suffix };
  const type = preferredType(headers, ['application/json', 'text/html', 'application/pdf', 'text/csv']);
  return { id: name, form: TYPES[type] };
}

async function readItem({ accounts }: AccountApiServices, id: string): Promise<ItemOfBill> {
  const item = await findBill(accounts.ledger, id);
  if (item === undefined) {
    const list = "GET /v1/accounts/{account}/bills lists an account's bills with their ids.";
    throw new NotFound('unknown-bill', `There is no bill ${id}. ${list}`);
  }
  return item;
}

async function page({ bills, accounts }: AccountApiServices, item: ItemOfBill, form: 'json' | 'html'): Promise<Answer> {
  const document = await readBillDocument(bills, item.account, item.bill.id);
  if (form === 'json') {
    const shown = withPaymentStatus(shownFirst(document), item.standing);
    return (await largeDocument(bills, item, shown)) ?? ok(shown);
  }
  const current = { issuedAt: item.bill.issuedAt, timezone: document.timezone };
  const now = accounts.clock();
  const earlier = earlierBills(await billsOf(accounts.ledger, item.account), current, billWords(document), now);
  const paymentStatus = item.standing && { at: now, now: item.standing, earlier };
  const page = await readRecordsPage(bills, item, document, { from: 0, count: SHOWN_AT_ONCE });
  const shown = { page, papers: [], isInTheMaking: false, table: undefined };
  const body = billPage(document, paymentStatus === undefined ? { shown } : { paymentStatus, shown });
  return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

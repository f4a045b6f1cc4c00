import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { billProof } from '#shared/invoicing/document/bill-proof.ts';
import { billPage } from '#shared/invoicing/html/bill-page.tsx';
import { billFile } from '#shared/invoicing/objects/bill-file.ts';
import { billsOf, findBill, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { readBillDocument } from '#shared/invoicing/objects/bill-objects.ts';
import { withPaymentStatus } from '#shared/invoicing/view/with-payment-status.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { type Answer, ok } from '#shared/platform/http/answer.ts';
import { route } from '#shared/platform/http/route.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { Limit, printCursor, readCursor } from './page.ts';
import type { AccountApiServices } from './services.ts';

const list = route({
  method: 'GET',
  path: '/v1/accounts/{account}/bills',
  scope: 'bills:read',
  params: z.object({ account: AccountId }),
  query: z.strictObject({ limit: Limit, cursor: z.string().max(200).optional() }),
  answer: async ({ params, query }, { accounts }: AccountApiServices) => {
    await readAccount(accounts, params.account);
    const after = readCursor(query.cursor, z.string());
    const all = await billsOf(accounts.ledger, params.account);
    const rest = all.slice(after === undefined ? 0 : all.findIndex(({ bill }) => bill.id === after) + 1);
    const shown = rest.slice(0, query.limit);
    return ok({
      items: shown.map(listed),
      next: printCursor(rest.length > shown.length ? shown.at(-1)?.bill.id : undefined),
    });
  },
});

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

const FORMS = ['json', 'html', 'pdf', 'csv'] as const;
type Form = (typeof FORMS)[number];

/** The suffix decides, else `Accept`, else JSON. */
function formOf(name: string, accept = ''): { readonly id: string; readonly form: Form } {
  const suffix = FORMS.find(form => name.endsWith(`.${form}`));
  if (suffix !== undefined) return { id: name.slice(0, -suffix.length - 1), form: suffix };
  const wanted = accept.split(',').map(type => type.split(';', 1)[0]?.trim() ?? '');
  const types = new Map<string, Form>([
    ['application/json', 'json'],
    ['text/html', 'html'],
    ['application/pdf', 'pdf'],
    ['text/csv', 'csv'],
  ]);
  return { id: name, form: wanted.flatMap(type => types.get(type) ?? [])[0] ?? 'json' };
}

const params = z.object({ bill: z.string().max(260) });

const get = route({
  method: 'GET',
  path: '/v1/bills/{bill}',
  scope: 'bills:read',
  params,
  answer: async ({ params, headers }, services: AccountApiServices) => {
    const { id, form } = formOf(params.bill, headers.accept);
    const item = await readItem(services, id);
    return form === 'pdf' || form === 'csv' ? billFile(services.bills, item, form) : page(services, item, form);
  },
});

async function readItem({ accounts }: AccountApiServices, id: string): Promise<ItemOfBill> {
  const item = await findBill(accounts.ledger, id);
  if (item === undefined) throw new NotFound('unknown-bill', 'There is no such bill.');
  return item;
}

async function page({ bills, accounts }: AccountApiServices, item: ItemOfBill, form: 'json' | 'html'): Promise<Answer> {
  const document = await readBillDocument(bills, item.account, item.bill.id);
  if (form === 'json') return ok(withPaymentStatus(document, item.standing));
  const paymentStatus = item.standing && { at: accounts.clock(), now: item.standing };
  const body = billPage(document, paymentStatus === undefined ? {} : { paymentStatus });
  return { status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

const proof = route({
  method: 'GET',
  path: '/v1/bills/{bill}/proof',
  scope: 'bills:read',
  params,
  answer: async ({ params }, services: AccountApiServices) => {
    const { bills, manifests, accounts } = services;
    return ok(
      await billProof({ objects: bills, manifests, table: accounts.ledger }, await readItem(services, params.bill)),
    );
  },
});

export const billRoutes = [list, get, proof];

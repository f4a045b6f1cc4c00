import type Stripe from 'stripe';
import { beforeAll } from 'vitest';
import * as z from 'zod';
import { failurePage } from '#functions/pages/open-link.ts';
import { pageRoutes } from '#functions/pages/page-routes.ts';
import type { PageServices } from '#functions/pages/services.ts';
import { findAccount } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { AccountFields } from '#shared/accounts/records/account-fields.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { buildBill, printBill } from '#shared/invoicing/document/build-bill.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { BillItem, billItemKey, billPlaceItem } from '#shared/invoicing/objects/bill-item.ts';
import { billObjectKey, CONTENT_TYPES } from '#shared/invoicing/objects/bill-objects.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import type { Key } from '#shared/platform/table.ts';
import { stripePaymentPlaces } from '#shared/stripe/payment-places.ts';
import { aBillInput, anInvoice, anInvoicedLine } from '#test/builders/bills.ts';
import { aContext, anHttpEvent } from '#test/builders/http.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { type AccountWorld, useAccountWorld } from './account-world.ts';

export const LINK_SECRET = 'the-secret-of-links-in-tests-12345678';
/** Every code that is sent. */
export const CODE = '042042';
export const ADDRESS = 'https://billing.example.com';

export interface Visit {
  readonly method?: string;
  /** Address as in a message, or its path. */
  readonly to: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
}

export interface PageWorld {
  readonly accounts: AccountWorld;
  readonly services: PageServices;
  /** Messages that were sent at once. */
  readonly hurried: Key[];
  /** Stands in for the published ones; give it members to try a brand. */
  brand: Partial<Brand>;
  /** Milliseconds that the pages' clock is ahead of the world's. */
  later: number;
  visit(visit: Visit | string): Promise<Page>;
  anAccount(id: string, fields?: Partial<z.input<typeof AccountFields>>): Promise<AccountItem>;
  /** 12.50 EUR, final on 1 December, to be paid by a link. */
  anInvoiceOf(account: AccountItem): Promise<Stripe.Invoice>;
  /** The invoice's bill as it was issued; its id. */
  aBillOf(account: AccountItem, invoice: Stripe.Invoice): Promise<string>;
}

/** The function behind links, on real tables and buckets and the Stripe twin. Time stands at the world's moment. */
export function usePageWorld(): PageWorld {
  const accounts = useAccountWorld();
  let world: PageWorld | undefined;
  beforeAll(() => {
    world = pageWorld(accounts);
  });
  return insideTests('The world', () => world);
}

function pageWorld(accounts: AccountWorld): PageWorld {
  const { ledger, clock } = accounts.services;
  const bills = billsIn(accounts.s3, accounts.bucket);
  const world: PageWorld = {
    accounts,
    brand: {},
    later: 0,
    hurried: [],
    services: {
      clock: () => clock() + world.later,
      ledger,
      secrets: async () => ({ signing: LINK_SECRET, accepted: [LINK_SECRET] }),
      catalogs: async () =>
        (await accounts.catalogStore.versions()).map(({ effectiveFrom, brands }) => ({
          effectiveFrom,
          brands: brands.map(brand => ({ ...brand, ...world.brand })),
        })),
      bills,
      payments: stripePaymentPlaces(async () => accounts.stripe),
      newCode: () => CODE,
      hurry: async message => {
        world.hurried.push(message);
      },
      address: ADDRESS,
      mailFrom: 'Dunlin Mobile <billing@example.com>',
    },
    async visit(visit) {
      const { to, method, headers, form, cookies } = typeof visit === 'string' ? { to: visit } : visit;
      const handler = httpFunction({
        routes: pageRoutes,
        services: () => world.services,
        failed: failurePage,
      });
      const { pathname, search } = new URL(to, ADDRESS);
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const event = anHttpEvent({
        path: pathname + search,
        method: method ?? (form === undefined ? 'GET' : 'POST'),
        headers: { ...(form !== undefined && type), ...headers },
        ...(form !== undefined && { body: Buffer.from(new URLSearchParams(form).toString()) }),
      });
      const result = await handler({ ...event, ...(cookies !== undefined && { cookies: [...cookies] }) }, aContext);
      const bytes = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8');
      return {
        status: result.statusCode ?? 0,
        headers: z.record(z.string().toLowerCase(), z.string()).parse(result.headers),
        cookies: result.cookies ?? [],
        bytes,
        text: bytes.toString(),
      };
    },
    async anAccount(id, fields = {}) {
      const wanted = { name: 'Kim Example', email: 'kim@example.com', currency: 'EUR', ...fields };
      await putAccount(accounts.services, id, AccountFields.parse(wanted));
      const account = await findAccount(ledger, id);
      if (account === undefined) throw new Error('The account is not there.');
      return account;
    },
    async anInvoiceOf({ stripeCustomer: customer = '' }) {
      const { stripe } = accounts;
      const { id: product } = await stripe.products.create({ name: 'Something' });
      const price = await stripe.prices.create({
        product,
        currency: 'eur',
        unit_amount: 1250,
        recurring: { interval: 'month' },
      });
      await stripe.subscriptions.create({
        customer,
        items: [{ price: price.id }],
        collection_method: 'send_invoice',
        days_until_due: 14,
        billing_mode: { type: 'flexible' },
      });
      const [invoice] = (await stripe.invoices.list({ customer, limit: 1 })).data;
      if (invoice?.id === undefined) throw new Error('The subscription made no invoice.');
      return invoice.status === 'draft' ? stripe.invoices.finalizeInvoice(invoice.id) : invoice;
    },
    async aBillOf(account, { id = '', number, hosted_invoice_url }) {
      const line = anInvoicedLine({ amount: 1_250n });
      const invoice = anInvoice([line], { id, number: number ?? '', dueAt: Date.UTC(2026, 11, 15) });
      const built = buildBill({
        ...aBillInput([line]),
        invoice,
        account,
        catalogs: await accounts.catalogStore.versions(),
      });
      if ('differs' in built) throw new Error(JSON.stringify(built.differs));
      const { bill } = built;
      const forms = { json: printBill(bill), pdf: '%PDF-1.7 a bill', csv: 'line,number,kind\n' } as const;
      for (const form of ['json', 'pdf', 'csv'] as const) {
        await bills.write(billObjectKey(account.account, bill.id, form), Buffer.from(forms[form]), CONTENT_TYPES[form]);
      }
      const item = z.encode(BillItem, {
        kind: 'bill',
        account: account.account,
        invoice: id,
        bill: {
          id: bill.id,
          number: bill.number,
          issuedAt: Date.parse(bill.issuedAt),
          dueAt: Date.parse(bill.dueAt),
          currency: bill.currency,
          total: bill.totals.total,
          asked: bill.totals.due,
          automatic: false,
          digest: 'ab'.repeat(32),
        },
        standing: { status: 'open', paid: '0.00', due: '12.50', payUrl: hosted_invoice_url ?? undefined },
        lease: 0,
        failures: 0,
      });
      await ledger.put({ ...billItemKey(account.account, id), ...item });
      await ledger.put(billPlaceItem(bill.id, account.account, id));
      return bill.id;
    },
  };
  return world;
}

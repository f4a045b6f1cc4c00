import { allBillables } from '#shared/catalog/billables-of.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { BillRecord } from '#shared/invoicing/document/bill-document.ts';
import type { BillInput } from '#shared/invoicing/document/build-bill.ts';
import { peersOf } from '#shared/invoicing/document/listed-record.ts';
import { UsageOfBill } from '#shared/invoicing/document/usage-of-bill.ts';
import type { BilledInvoice, InvoicedLine } from '#shared/invoicing/issue/billed-invoice.ts';
import { rate } from '#shared/rating/rate.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aCatalog, rateTable, type SourceFields } from './catalog.ts';
import { aRatedAccount, aRatedLine, at, NOVEMBER } from './rating.ts';

/**
 * 10.00 EUR a month with 1 GB and then 5.00 a started GB, messages at 0.10, calls at 0.30 a minute by the second to the
 * Netherlands and 0.10 elsewhere.
 */
const PLAN: SourceFields = {
  id: 'basic',
  name: { en: 'Basic', nl: 'Basis', sv: 'Bas', fr: 'Essentiel' },
  fee: { EUR: '10.00' },
  allowances: [{ id: 'data', name: { en: 'Data', sv: 'Surf' }, kind: 'data', amount: '1 GB' }],
  charges: [
    { id: 'voice', name: { en: 'Calls', nl: 'Gesprekken' }, kind: 'voice', table: 'voice' },
    { id: 'sms', name: { en: 'Text messages' }, kind: 'sms', price: { EUR: '0.10' } },
    { id: 'extra', name: { en: 'Extra data' }, kind: 'data', price: { EUR: '5.00' }, per: '1 GB', step: '1 GB' },
  ],
};

/** Published: every billable has the price `price_<its key>`. */
export function aPublishedCatalog(): PublishedCatalog {
  const voice = rateTable(['* * 0 EUR - 0.10 60 1/1', '31 * 0 EUR - 0.30 60 1/1']);
  const catalog = aCatalog({ plans: [PLAN], tables: { voice: 'voice.csv' } }, { 'voice.csv': voice });
  const prices = Object.fromEntries(allBillables(catalog).map(({ key }) => [key, `price_${key}`]));
  return { ...catalog, stripe: { prices, meters: {} } };
}

/** The price of the billable whose key begins so: `dunlin:basic:fee`. */
export function priceOf(catalog: PublishedCatalog, key: string): string {
  const found = Object.keys(catalog.stripe.prices).find(each => each.startsWith(key));
  if (found === undefined) throw new Error(`No billable ${key}`);
  return `price_${found}`;
}

let lastLine = 0;

/** 1 of something for 10.00 in November. */
export function anInvoicedLine(fields: Partial<InvoicedLine> = {}): InvoicedLine {
  lastLine += 1;
  return {
    id: `il_${lastLine}`,
    price: undefined,
    quantity: '1',
    amount: 1_000n,
    description: 'Something',
    isProration: false,
    adjustment: undefined,
    period: NOVEMBER,
    ...fields,
  };
}

/** The November invoice, final five minutes into December, whose sums are those of its lines. */
export function anInvoice(lines: readonly InvoicedLine[], fields: Partial<BilledInvoice> = {}): BilledInvoice {
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    id: 'in_1',
    customer: 'cus_1',
    status: 'open',
    reason: 'cycle',
    subscription: 'sub_1',
    number: 'ABC-0002',
    currency: 'EUR',
    periodEnd: NOVEMBER.end,
    createdAt: NOVEMBER.end,
    finalisedAt: at('2026-12-01T00:05:00Z'),
    dueAt: undefined,
    hasMethod: true,
    paidAt: undefined,
    voidedAt: undefined,
    seller: 'Dunlin',
    lines,
    taxes: [],
    subtotal: total,
    discount: 0n,
    credit: 0n,
    total,
    balance: 0n,
    asked: total,
    paid: 0n,
    remaining: total,
    payUrl: undefined,
    attempted: false,
    pending: false,
    ...fields,
  };
}

class ListedRecords {
  readonly #records: BillRecord[] = [];

  take(record: BillRecord): void {
    this.#records.push(record);
  }

  byKind(): readonly BillRecord[] {
    return this.#records.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
  }
}

/** What a bill of one line, `+46700000001` on `basic`, is built from. */
export function aBillInput(
  lines: readonly InvoicedLine[],
  records: readonly KeptRecord[] = [],
  fields: Partial<BillInput> = {},
): BillInput {
  const { catalogs = [aPublishedCatalog()] } = fields;
  const account = aRatedAccount();
  const billedLines = [
    { line: 'line-1', msisdn: '+46700000001', plans: [...aRatedLine().plans], billed: true, addOns: [] },
  ];
  const rated = rate({ account, period: NOVEMBER, records, catalogs, itemised: true });
  const { itemised = true, maskPeers = false, locale = 'en' } = fields.account ?? {};
  const peers = peersOf({ itemised, maskPeers });
  const making = { account, period: NOVEMBER, lines: billedLines, catalogs, peers, locale };
  const usage = new UsageOfBill(making, new ListedRecords());
  for (const record of rated.records) usage.take(record);
  return {
    invoice: anInvoice(lines),
    account: {
      account: 'acc-1',
      name: 'Example AB',
      email: 'billing@example.com',
      locale: 'en',
      timezone: 'UTC',
      itemised: true,
      maskPeers: false,
    },
    lines: billedLines,
    catalogs,
    rated,
    usage,
    records: usage.records.byKind(),
    manifest: { digest: 'ab'.repeat(32), records: records.length },
    previous: undefined,
    ...fields,
  };
}

/** A call of a minute for 0.10. */
export function aBillRecord(fields: Partial<BillRecord> = {}): BillRecord {
  return {
    line: 'line-1',
    number: '+46700000001',
    kind: 'voice',
    startedAt: '2026-11-02T12:00:00Z',
    peer: '+46812345678',
    destination: 'Sweden',
    unit: 's',
    used: 60,
    billed: 60,
    included: 0,
    amount: '0.10',
    charge: 'voice',
    ...fields,
  };
}

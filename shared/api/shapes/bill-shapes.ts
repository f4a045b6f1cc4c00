import * as z from 'zod';
import { BillDocument, BillRecord } from '#shared/invoicing/document/bill-document.ts';
import { BillRates } from '#shared/invoicing/document/bill-rates.ts';
import { Amount, Currency, listOf, Moment } from './parts.ts';

const STATUSES = ['open', 'paid', 'void', 'uncollectible'] as const;

const ListedBill = z.object({
  id: z.string(),
  number: z.string(),
  issuedAt: Moment,
  currency: Currency,
  total: Amount,
  due: Amount,
  status: z.enum(STATUSES),
});

const BillProof = z.object({
  id: z.string(),
  algorithm: z.literal('sha-256'),
  digest: z.string().describe('Of the records, one a line, sorted.'),
  document: z.string().describe("Of the bill's bytes as they were issued."),
  records: z.array(z.string()).describe('`<source>/<id>`; voided ones begin with `!`.'),
  rated: z.record(z.string(), z.string()).describe('By billable key: steps, or 1/10 000 minor units.'),
  rates: BillRates,
  totals: BillDocument.shape.totals,
});

const AnnexState = z.enum(['ready', 'making']);

const BillAnnex = z.object({
  bill: z.string(),
  records: z.int().nullable().describe('Null: they stand in the bill itself.'),
  csv: z.object({ state: AnnexState, href: z.string() }),
  papers: z
    .array(z.object({ part: z.int(), state: AnnexState, href: z.string() }))
    .describe('Parts of at most 10 000 records, as PDF.'),
});

const billRecord: z.input<typeof BillRecord> = {
  line: 'line-1',
  number: '+46701234567',
  kind: 'voice',
  startedAt: '2026-11-02T12:00:00Z',
  peer: '+46812345678',
  destination: 'Sweden',
  unit: 's',
  used: 61,
  billed: 120,
  included: 0,
  amount: '1.47',
  charge: 'voice',
};

const totals: z.input<typeof BillDocument>['totals'] = {
  subtotal: '159.00',
  discount: '0.00',
  tax: '0.00',
  total: '159.00',
  balance: '0.00',
  paid: '159.00',
  due: '0.00',
};
const period = { start: '2026-12-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const bill: z.input<typeof BillDocument> = {
  format: 1,
  id: 'bill_1QXg1o',
  number: 'A1B2-0003',
  account: 'acc-1',
  stripeInvoice: 'in_1QXg1o',
  locale: 'en',
  timezone: 'Europe/Stockholm',
  issuedAt: '2026-12-01T01:00:00Z',
  dueAt: '2026-12-01T01:00:00Z',
  period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  currency: 'SEK',
  seller: { name: 'Dunlin Mobile' },
  subscriber: {
    name: 'Example AB',
    accountNumber: 'acc-1',
    address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
    email: 'billing@example.com',
    phone: '+46701110000',
  },
  changes: null,
  sections: [
    {
      id: 'plans',
      title: 'Plans',
      lines: [
        {
          label: 'Mobile 10',
          charge: null,
          billable: null,
          quantity: '1',
          unit: 'month',
          unitPrice: '159.00',
          amount: '159.00',
          period,
          shares: [{ line: 'line-1', number: '+46701234567', amount: '159.00' }],
        },
      ],
      subtotal: '159.00',
    },
  ],
  allowances: [
    {
      line: 'line-1',
      number: '+46701234567',
      id: 'minutes',
      name: 'Minutes',
      unit: 's',
      included: 6000,
      used: 305,
      remaining: 5695,
    },
  ],
  records: null,
  taxes: [],
  totals,
  payment: { status: 'paid', methods: ['automatic'], payUrl: null },
  proof: { algorithm: 'sha-256', digest, records: 0 },
};

const listed: z.input<typeof ListedBill> = {
  id: 'bill_1QXg1o',
  number: 'A1B2-0003',
  issuedAt: '2026-12-01T01:00:00Z',
  currency: 'SEK',
  total: '159.00',
  due: '0.00',
  status: 'paid',
};

export const billShapes = {
  Bill: { schema: BillDocument, example: bill },
  BillList: { schema: listOf(ListedBill), example: { items: [listed], next: null } },
  BillRecordList: { schema: listOf(BillRecord), example: { items: [billRecord], next: null } },
  BillAnnex: {
    schema: BillAnnex,
    example: {
      bill: 'bill_1QXg1o',
      records: 14_200,
      csv: { state: 'ready', href: '/v1/bills/bill_1QXg1o.csv' },
      papers: [
        { part: 1, state: 'ready', href: '/v1/bills/bill_1QXg1o/annex/1' },
        { part: 2, state: 'making', href: '/v1/bills/bill_1QXg1o/annex/2' },
      ],
    },
  },
  BillProof: {
    schema: BillProof,
    example: {
      id: 'bill_1QXg1o',
      algorithm: 'sha-256',
      digest,
      document: digest,
      records: [],
      rated: {},
      rates: { rows: [], prices: {} },
      totals,
    },
  },
};

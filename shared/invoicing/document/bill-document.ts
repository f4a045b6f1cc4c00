import * as z from 'zod';

import { Address } from '#shared/accounts/records/account-fields.ts';

import { SECTIONS } from '#shared/catalog/billable.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { Transfer } from '#shared/transfer/transfer.ts';

/** Exact, in major units of the bill's currency. */
const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);
/** RFC 3339, UTC. */
const Moment = z.iso.datetime();
const Span = z.strictObject({ start: Moment, end: Moment });
const Units = z.int().nonnegative();
const BaseUnit = z.enum(['s', 'B', '1']);

/** What one line of the account has of an amount. */
const Share = z.strictObject({
  line: z.string(),
  /** The number that the subscriber knows the line by. */
  number: z.string(),
  /** Exact and unrounded. */
  amount: Amount,
  /** In the subscriber's words: `12.4 GB used, 10 GB included, 3 × 1 GB extra`. */
  text: z.string().optional(),
});

const BillLine = z.strictObject({
  label: z.string(),
  charge: z.string().nullable(),
  /** Billable key of the price; null: not from the catalog. What the next bill compares with. */
  billable: z.string().nullable(),
  quantity: z.string(),
  unit: z.string(),
  /** Exact; null where each record has its own price. */
  unitPrice: Amount.nullable(),
  amount: Amount,
  period: Span,
  /** Quantity and price as they are read: `5.69 MB` at `€5.00 per 1 MB`, where the steps are small. */
  shown: z.strictObject({ quantity: z.string(), price: z.string() }).optional(),
  /** The line in words, where label and numbers do not say it all. */
  text: z.string().optional(),
  /** By destination, where each record has its own price; exact and unrounded. */
  parts: z.array(z.strictObject({ label: z.string(), text: z.string(), amount: Amount })).optional(),
  shares: z.array(Share),
  /** Of a fee that is not for all of a month: the plan's name, and how much of the month: `21 of 30 days`. */
  part: z.strictObject({ of: z.string(), share: z.string() }).optional(),
  /** Id of the section's change that it is a part of. */
  change: z.string().optional(),
});

/** What several lines together say of one change inside a period: `New from 10 September: +46 70 111 00 03`. */
const FeeChange = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** `21 of 30 days` */
  quantity: z.string(),
  /** Of a month; null where lines came and went alike. */
  unitPrice: Amount.nullable(),
  amount: Amount,
  /** Of the lines that are new. */
  shares: z.array(Share),
});

const BillSection = z.strictObject({
  id: z.enum(SECTIONS),
  title: z.string(),
  lines: z.array(BillLine),
  /** In place of the lines that name them, where a person reads the bill. Absent: none. */
  changes: z.array(FeeChange).optional(),
  subtotal: Amount,
});

const UsedAllowance = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: BaseUnit,
  /** With what earlier periods left. Null, as `remaining` then: unlimited. */
  included: Units.nullable(),
  /** Of it, what earlier periods left, by their starts, oldest first. Absent: nothing. */
  rolledOver: z.array(z.strictObject({ since: Moment, units: Units })).optional(),
  used: Units,
  remaining: Units.nullable(),
});

const BillAllowance = z.strictObject({ line: z.string(), number: z.string(), ...UsedAllowance.shape });

/** What the lines of the account used together. */
const BillPool = UsedAllowance.extend({
  lines: z.array(z.strictObject({ line: z.string(), number: z.string(), used: Units })),
});

export const BillRecord = z.strictObject({
  line: z.string(),
  number: z.string(),
  kind: z.string(),
  startedAt: Moment,
  /** Masked where the account wants it; null where it does not want single records. */
  peer: z.string().nullable(),
  destination: z.string().nullable(),
  /** Where the subscriber was, abroad (ISO 3166-1 alpha-2). */
  country: z.string().optional(),
  unit: BaseUnit,
  used: Units,
  billed: Units,
  /** Of the billed units, those that the plan included. */
  included: Units,
  /** Exact; null: part of a line that is priced over the whole period, or nothing to pay. */
  amount: Amount.nullable(),
  /** Id of the charge whose bill line holds it. */
  charge: z.string().nullable(),
});

const Words = z.string().nullable().default(null);

/** Who sells. Bills that were issued before there were brands have only the name. */
const Seller = z.strictObject({
  name: z.string(),
  /** Id of the brand. */
  brand: Words,
  /** In the words that the law asks for: company, register, seat. */
  legal: Words,
  /** As lines. */
  address: z.array(z.string()).default([]),
  /** PNG or JPEG as a `data:` address. */
  logo: Words,
  colours: z.strictObject({ accent: z.string(), accentText: z.string() }).nullable().default(null),
  contacts: z.strictObject({ phone: Words, email: Words, web: Words }).default({ phone: null, email: null, web: null }),
  /** Whom else the customer may turn to in a dispute. */
  disputes: Words,
  /** Null: there is no late fee to speak of. */
  lateFee: Words,
  links: z
    .strictObject({ terms: Words, privacy: Words, help: Words })
    .default({ terms: null, privacy: null, help: null }),
});

/**
 * A bill as it was issued (contract sections 6 and 8), in the subscriber's language. Built once from frozen data and
 * never changed: what was paid since stands beside it (`bill-item.ts`), not in it.
 *
 * @example Shortened. A plan fee, and 3 GB beyond the allowance at 99.00 each:
 *
 *     { "format": 1, "id": "bill_1Abc", "number": "DM-0007", "account": "acc-1", "stripeInvoice": "in_1Abc",
 *       "period": { "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z" }, "currency": "SEK",
 *       "sections": [
 *         { "id": "plans", "title": "Plans", "subtotal": "159.00", "lines": [{ "label": "Mobile 10", "charge": null,
 *           "quantity": "1", "unit": "month", "unitPrice": "159.00", "amount": "159.00", ... }] },
 *         { "id": "data", "title": "Data", "subtotal": "297.00", "lines": [{ "label": "Extra data", "charge": "data-extra",
 *           "quantity": "3", "unit": "1 GB", "unitPrice": "99.00", "amount": "297.00",
 *           "shares": [{ "line": "line-1", "number": "+46701234567", "amount": "297.00" }], ... }] }],
 *       "totals": { "subtotal": "456.00", "tax": "0.00", "total": "456.00", "paid": "0.00", "due": "456.00", ... },
 *       "proof": { "algorithm": "sha-256", "digest": "9f86d0...", "records": 128 } }
 */
export const BillDocument = z.strictObject({
  format: z.literal(1),
  id: z.string(),
  number: z.string(),
  account: z.string(),
  stripeInvoice: z.string(),
  locale: z.enum(LOCALES),
  timezone: z.string(),
  issuedAt: Moment,
  dueAt: Moment,
  period: Span,
  currency: z.string(),
  seller: Seller,
  subscriber: z.strictObject({
    name: z.string(),
    accountNumber: z.string(),
    address: Address.nullable(),
    email: z.string(),
    phone: z.string().nullable(),
  }),
  /** Earlier bills as they stood when this one was issued: what is open of them, else what they came to. Absent: none. */
  before: z
    .array(z.strictObject({ number: z.string(), amount: Amount, standing: z.string(), isOpen: z.boolean() }))
    .optional(),
  /** Against the bill before; null on the first. */
  changes: z
    .strictObject({
      previous: z.string(),
      /** Total minus the previous total. */
      difference: Amount,
      /** At most three, the largest first. */
      reasons: z.array(z.strictObject({ label: z.string(), difference: Amount })),
    })
    .nullable(),
  sections: z.array(BillSection),
  /** What each of several lines of the account comes to, exact; what belongs to no one line is in none. Absent: one line. */
  lines: z.array(Share).optional(),
  allowances: z.array(BillAllowance),
  /** Absent: none. */
  pools: z.array(BillPool).optional(),
  /** What was used and what it came to: earlier periods, then this one. Absent: there is no earlier one. */
  history: z.array(z.strictObject({ period: Span, use: z.record(z.string(), Units), total: Amount })).optional(),
  /** Null: the account does not want the single records on its bills. */
  records: z.array(BillRecord).nullable(),
  /** Calls that cost nothing are not among the records. Absent: they are. */
  freeCalls: z.literal('left-out').optional(),
  /** How many records there are in all, where these are only the first of them. Absent: they are all. */
  annex: z.strictObject({ records: Units, parts: Units }).optional(),
  taxes: z.array(
    z.strictObject({ label: z.string(), rate: Amount, base: Amount, amount: Amount, inclusive: z.boolean() }),
  ),
  totals: z.strictObject({
    subtotal: Amount,
    discount: Amount,
    /** Credit that was granted, taken off before tax; absent where there is none. */
    credit: Amount.optional(),
    tax: Amount,
    total: Amount,
    /** Credit (negative) or debt taken over from before. */
    balance: Amount,
    /** What is left to the next bill, so that it is not asked for: a small amount (negative), or credit. Absent: nothing. */
    carried: Amount.optional(),
    paid: Amount,
    due: Amount,
  }),
  payment: z.strictObject({
    status: z.enum(['open', 'paid', 'void', 'uncollectible']),
    /** `automatic`: charged to the stored payment method; `transfer`: by link or transfer until the due date. */
    methods: z.array(z.enum(['automatic', 'transfer'])),
    payUrl: z.string().nullable(),
    /** Where it is transferred to, with which reference. Absent: it is not paid by transfer. */
    transfer: Transfer.optional(),
  }),
  proof: z.strictObject({ algorithm: z.literal('sha-256'), digest: z.string(), records: Units }),
  /** The operator's words at the time, in place of built-in ones. */
  words: z.record(z.string(), z.string()).optional(),
});

export type BillDocument = z.infer<typeof BillDocument>;
export type BillSeller = BillDocument['seller'];
export type BillSection = z.infer<typeof BillSection>;
export type BillLine = z.infer<typeof BillLine>;
export type FeeChange = z.infer<typeof FeeChange>;
export type BillShare = z.infer<typeof Share>;
export type UsedAllowance = z.infer<typeof UsedAllowance>;
export type BillAllowance = z.infer<typeof BillAllowance>;
export type BillPool = z.infer<typeof BillPool>;
export type BillRecord = z.infer<typeof BillRecord>;

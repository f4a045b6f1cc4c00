import * as z from 'zod';
import { CHANNEL_NAMES } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { RECORD_STATES } from '#shared/rating/rated-period.ts';
import { Amount, BaseUnit, Currency, listOf, Moment, Span, Units } from './parts.ts';

const Allowance = z.object({
  id: z.string(),
  unit: BaseUnit,
  included: Units.nullable().describe('Null: unlimited.'),
  rolledOver: Units.describe('What earlier periods left; it is used first.'),
  rolledOverFrom: z
    .array(z.object({ since: Moment, units: Units }))
    .optional()
    .describe('By the start of the period that it is from, oldest first.'),
  used: Units,
  remaining: Units.nullable().describe('Null: unlimited.'),
  limits: z
    .array(z.object({ from: z.array(z.string()), amount: Units, used: Units }))
    .optional()
    .describe('The part of it that may be used in these zones, and what was used there.'),
});

const UsedLines = z.array(
  z.object({
    line: z.string(),
    plan: z.string(),
    allowances: z.array(Allowance).describe('Without those that the lines share: see `pools`.'),
    charges: z.array(
      z.object({
        id: z.string(),
        records: z.int().nonnegative(),
        units: Units.describe('The priced ones, in base units.'),
        quantity: z.number().nullable().describe('Steps of a `price` charge; null: each record has its own price.'),
        amount: Amount,
        currency: Currency,
      }),
    ),
  }),
);

const Pools = z
  .array(
    Allowance.extend({
      lines: z
        .array(z.object({ line: z.string(), plan: z.string(), included: Units.nullable(), used: Units }))
        .describe('What each line brings, and what it used.'),
    }),
  )
  .describe('Allowances that the lines of the account use together, each once.');

const Usage = z.object({
  account: z.string(),
  period: Span,
  ratedAt: Moment,
  lines: UsedLines,
  pools: Pools,
  estimate: z.object({ subtotal: Amount, currency: Currency }).describe('What the period comes to so far, before tax.'),
});

const Increments = z.string().nullable().describe('`60/1`: the first 60 units, then one by one.');

const Rate = z.union([
  z.object({
    table: z.string(),
    since: Moment.describe('From when on the row is in force.'),
    prefix: z.string().describe('Digits, `exact:112`, or `*`: every other number.'),
    band: z.string().describe('`*`: any.'),
    setup: Amount.describe('Once, if some units are priced.'),
    steps: z
      .array(z.object({ after: Units, price: Amount, per: Units }))
      .describe('Units beyond `after` cost `price` per `per` units.'),
    increments: Increments,
  }),
  z.object({
    price: Amount,
    per: Units,
    step: Units.describe('Units are summed over the period and rounded up to whole steps.'),
    increments: Increments,
  }),
]);

const UnitCounts = z.object({ actual: Units, billed: Units, covered: Units, priced: Units });

const RatedRecord = z.object({
  id: z.string(),
  source: z.string(),
  line: z.string(),
  kind: z.string(),
  direction: z.enum(['in', 'out']),
  startedAt: Moment,
  peer: z.string().nullable(),
  destination: z.string().nullable(),
  network: z.string().nullable(),
  units: UnitCounts,
  charge: z.string().nullable().describe('The charge of the plan that matched.'),
  zone: z.string().nullable().describe('Where the subscriber was: `home`, or a zone; null: outside every zone.'),
  band: z.string().nullable().describe("By the account's clock at the start; null: outside every band."),
  rate: Rate.nullable().describe('The row of the table, or the price, that was applied.'),
  amount: Amount.nullable().describe('Null: the amount belongs to the period, or there is none.'),
  currency: Currency,
  cost: z.object({ amount: Amount, currency: Currency }).nullable().describe('What a wholesale partner charged.'),
  state: z.enum(RECORD_STATES),
  reason: z.string().describe('Why it is in its state.'),
  invoice: z.string().nullable().describe("Stripe's invoice, once the record stands on one."),
});

const Explanation = z.object({
  account: z.string(),
  period: Span,
  locale: z.enum(LOCALES),
  record: RatedRecord,
  steps: z
    .array(z.looseObject({ step: z.string(), sentence: z.string() }))
    .describe('In order; the contract, section 2.4, has the fields of each.'),
  sentences: z.array(z.string()).describe('Those of the steps, to be read aloud.'),
});

const Prices = z.object({
  plans: z.array(
    z.object({
      plan: z.string().nullable().describe('Null: the lines of the account are on different plans.'),
      period: Span,
      fee: Amount.describe('Of all lines.'),
      usage: Amount,
      total: Amount.describe('Exact, before tax.'),
      currency: Currency,
      lines: UsedLines,
      pools: Pools,
      records: z
        .array(
          z.object({
            id: z.string(),
            line: z.string(),
            startedAt: Moment,
            destination: z.string().nullable(),
            charge: z.string().nullable(),
            units: UnitCounts,
            amount: Amount.nullable().describe('Null: the amount belongs to the period, or there is none.'),
            currency: Currency,
            state: z.enum(RECORD_STATES),
            reason: z.string(),
          }),
        )
        .describe('In the order of the request.'),
    }),
  ),
});

const Positions = z.object({
  account: z.string(),
  period: Span,
  state: z.string().describe('How far the close of the period is; `unbilled`: not begun.'),
  ...listOf(
    z.object({
      billable: z.string().describe('Lookup key of the price at Stripe.'),
      rated: z.string(),
      acknowledged: z.string(),
      confirmed: z.string().nullable(),
      invoiced: z.string().nullable(),
    }),
  ).shape,
});

const Message = z.object({
  id: z.string(),
  at: Moment,
  channel: z.enum(CHANNEL_NAMES),
  template: z.string(),
  locale: z.enum(LOCALES),
  to: z.string().nullable(),
  state: z.enum(['queued', 'sent', 'delivered', 'bounced', 'opened', 'complained']),
  subject: z.string().nullable(),
  case: z.string().nullable().describe('The dunning case that it belongs to.'),
  step: z.string().nullable(),
  withdrawnAt: Moment.optional().describe('It had not gone, and is not sent any more.'),
});

const usage: z.input<typeof Usage> = {
  account: 'acc-1',
  period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  ratedAt: '2026-11-12T08:30:00Z',
  lines: [
    {
      line: 'line-1',
      plan: 'mobile-10',
      allowances: [{ id: 'minutes', unit: 's', included: 6000, rolledOver: 0, used: 305, remaining: 5695 }],
      charges: [
        { id: 'voice', records: 4, units: 367, quantity: null, amount: '0.73', currency: 'SEK' },
        { id: 'data-extra', records: 9, units: 2_400_000_000, quantity: 3, amount: '297.00', currency: 'SEK' },
      ],
    },
  ],
  pools: [],
  estimate: { subtotal: '456.73', currency: 'SEK' },
};

const record: z.input<typeof RatedRecord> = {
  id: 'call-17',
  source: 'switch-1',
  line: 'line-1',
  kind: 'voice',
  direction: 'out',
  startedAt: '2026-11-12T08:15:00Z',
  peer: '+31201234567',
  destination: 'Netherlands',
  network: null,
  units: { actual: 61, billed: 120, covered: 0, priced: 120 },
  charge: 'voice',
  zone: 'home',
  band: 'peak',
  rate: {
    table: 'voice',
    since: '2026-01-01T00:00:00Z',
    prefix: '31',
    band: 'peak',
    setup: '0.00',
    steps: [{ after: 0, price: '1.20', per: 60 }],
    increments: '60/60',
  },
  amount: '2.40',
  currency: 'SEK',
  cost: { amount: '0.85', currency: 'SEK' },
  state: 'open',
  reason: 'charged',
  invoice: null,
};

const explanation: z.input<typeof Explanation> = {
  account: 'acc-1',
  period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  locale: 'en',
  record,
  steps: [
    {
      step: 'allowance',
      allowance: 'minutes',
      applies: false,
      unmet: ['to'],
      included: 6000,
      position: 0,
      drawn: 0,
      remaining: 6000,
      limits: [],
      sentence: 'The allowance “Minutes” does not cover it: it is for other destinations.',
    },
  ],
  sentences: ['The allowance “Minutes” does not cover it: it is for other destinations.'],
};

const prices: z.input<typeof Prices> = {
  plans: [
    {
      plan: 'mobile-10',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      fee: '159.00',
      usage: '2.40',
      total: '161.40',
      currency: 'SEK',
      lines: [
        {
          line: 'a',
          plan: 'mobile-10',
          allowances: [{ id: 'minutes', unit: 's', included: 6000, rolledOver: 0, used: 0, remaining: 6000 }],
          charges: [{ id: 'voice', records: 1, units: 120, quantity: null, amount: '2.40', currency: 'SEK' }],
        },
      ],
      pools: [],
      records: [
        {
          id: 'call-17',
          line: 'a',
          startedAt: '2026-11-12T08:15:00Z',
          destination: 'Netherlands',
          charge: 'voice',
          units: { actual: 61, billed: 120, covered: 0, priced: 120 },
          amount: '2.40',
          currency: 'SEK',
          state: 'open',
          reason: 'charged',
        },
      ],
    },
  ],
};

const positions: z.input<typeof Positions> = {
  account: 'acc-1',
  period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  state: 'closed',
  items: [
    {
      billable: 'dunlin:mobile-10:voice:SEK:3f2a',
      rated: '7300',
      acknowledged: '7300',
      confirmed: '7300',
      invoiced: '7300',
    },
  ],
  next: null,
};

const message: z.input<typeof Message> = {
  id: 'bill:bill_1Q2w3e:email',
  at: '2026-12-01T01:00:00Z',
  channel: 'email',
  template: 'bill',
  locale: 'sv',
  to: 'billing@example.com',
  state: 'delivered',
  subject: 'Din faktura för november',
  case: null,
  step: null,
};

export const readingShapes = {
  Usage: { schema: Usage, example: usage },
  RecordList: { schema: listOf(RatedRecord), example: { items: [record], next: null } },
  Explanation: { schema: Explanation, example: explanation },
  Prices: { schema: Prices, example: prices },
  Positions: { schema: Positions, example: positions },
  MessageList: { schema: listOf(Message), example: { items: [message], next: null } },
};

import * as z from 'zod';
import { ADJUSTMENT_SECTIONS } from '#shared/adjustments/adjustment.ts';
import { Amount, Currency, Moment } from './parts.ts';

const STANDING = {
  state: z
    .enum(['waiting', 'billed', 'cancelled'])
    .describe('What is on an invoice whose bill is not issued yet is waiting.'),
  bill: z.string().nullable().describe('The bill that it stands on.'),
};

const Charge = z.object({
  id: z.string(),
  label: z.string(),
  section: z.enum(ADJUSTMENT_SECTIONS).describe('Of the bill.'),
  amount: Amount.describe('Above zero, also of a credit.'),
  currency: Currency,
  createdAt: Moment,
  ...STANDING,
});

const charge: z.input<typeof Charge> = {
  id: 'chg_3f2a9c0b7d1e4a5566ab',
  label: 'Replacement SIM card',
  section: 'one-off',
  amount: '49.00',
  currency: 'SEK',
  createdAt: '2026-11-12T09:30:00Z',
  state: 'waiting',
  bill: null,
};

const InstalmentPlan = z.object({
  id: z.string(),
  label: z.string(),
  section: z.enum(ADJUSTMENT_SECTIONS).describe('Of the bill.'),
  total: Amount,
  currency: Currency,
  months: z.int(),
  firstOn: z.iso.date(),
  createdAt: Moment,
  state: STANDING.state,
  bill: z.string().nullable().describe('The last bill that a part stands on.'),
  remaining: Amount.describe('What is not billed yet.'),
  parts: z.array(
    z.object({
      n: z.int(),
      to: z.int().describe('`n`, but for what was settled at once.'),
      of: z.int(),
      on: z.iso.date().describe('It stands on the first bill whose period ends on this day or later.'),
      amount: Amount,
      ...STANDING,
    }),
  ),
});

const plan: z.input<typeof InstalmentPlan> = {
  id: 'ins_0a1b2c3d4e5f60718293',
  label: 'Phone Model 5',
  section: 'devices',
  total: '100.00',
  currency: 'SEK',
  months: 2,
  firstOn: '2026-12-01',
  createdAt: '2026-11-12T09:30:00Z',
  state: 'waiting',
  bill: 'bill_1QXg1o',
  remaining: '50.00',
  parts: [
    { n: 1, to: 1, of: 2, on: '2026-12-01', amount: '50.00', state: 'billed', bill: 'bill_1QXg1o' },
    { n: 2, to: 2, of: 2, on: '2027-01-01', amount: '50.00', state: 'waiting', bill: null },
  ],
};

const next = z.string().nullable();

export const adjustmentShapes = {
  Charge: { schema: Charge, example: charge },
  ChargeList: { schema: z.object({ items: z.array(Charge), next }), example: { items: [charge], next: null } },
  InstalmentPlan: { schema: InstalmentPlan, example: plan },
  InstalmentPlanList: {
    schema: z.object({ items: z.array(InstalmentPlan), next }),
    example: { items: [plan], next: null },
  },
};

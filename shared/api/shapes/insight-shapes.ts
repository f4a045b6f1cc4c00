import * as z from 'zod';
import { Amount, BaseUnit, Currency, Span, Units } from './parts.ts';

const Use = z.object({ units: Units, amount: Amount });

const Insights = z.object({
  account: z.string(),
  currency: Currency,
  months: z.array(
    z.object({
      period: Span,
      isFull: z.boolean().describe('It is over, and a line was there all the time.'),
      lines: z.array(
        z.object({
          line: z.string(),
          plan: z.string(),
          fee: Amount,
          kinds: z.array(
            z.object({
              kind: z.string(),
              records: z.int().nonnegative(),
              unit: BaseUnit,
              units: Units.describe('As they were used.'),
              amount: Amount,
            }),
          ),
        }),
      ),
      total: Amount.describe('Fees and use, before tax.'),
    }),
  ),
  changes: z.array(
    z.object({
      line: z.string(),
      kind: z.string(),
      before: Use,
      after: Use,
      why: z.enum(['plan-changed', 'allowance-used-up', 'more-used', 'less-used', 'other-prices']),
      sentence: z.string().describe("In the account's language."),
    }),
  ),
  plans: z.array(
    z.object({
      plan: z.string(),
      wouldHaveCost: z.array(Amount.nullable()).describe('In the order of `months`; null: not compared.'),
      saving: Amount.nullable().describe('Over the last three full months; below zero: it costs more.'),
    }),
  ),
  suggestion: z.object({ plan: z.string(), saving: Amount, sentence: z.string() }).nullable(),
});

const insights: z.input<typeof Insights> = {
  account: 'acc-1',
  currency: 'SEK',
  months: [
    {
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      isFull: true,
      lines: [
        {
          line: 'line-1',
          plan: 'mobile-10',
          fee: '159.00',
          kinds: [{ kind: 'data', records: 9, unit: 'B', units: 12_400_000_000, amount: '297.00' }],
        },
      ],
      total: '456.00',
    },
  ],
  changes: [
    {
      line: 'line-1',
      kind: 'data',
      before: { units: 8_000_000_000, amount: '0.00' },
      after: { units: 12_400_000_000, amount: '297.00' },
      why: 'allowance-used-up',
      sentence:
        'Data of line-1: 12.4 GB after 8 GB the month before, for SEK 297.00 after SEK 0.00: more was used and the allowance was used up.',
    },
  ],
  plans: [{ plan: 'mobile-20', wouldHaveCost: ['259.00'], saving: '197.00' }],
  suggestion: null,
};

export const insightShapes = { Insights: { schema: Insights, example: insights } };

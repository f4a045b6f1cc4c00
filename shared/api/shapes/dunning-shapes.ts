import * as z from 'zod';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { Amount, Currency, Moment } from './parts.ts';

const Pause = z.object({ reason: z.string(), since: Moment, until: Moment.nullable() });

const Dunning = z.object({
  state: z.enum(['none', 'open', 'promised', 'held', 'frozen', 'collections', 'closed']),
  case: z.string().nullable(),
  debt: z.array(
    z.object({ invoice: z.string(), number: z.string(), amount: Amount, currency: Currency, dueAt: Moment }),
  ),
  openedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  step: z.string().nullable().describe('The last step that was taken.'),
  next: z.object({ at: Moment, action: z.string(), step: z.string() }).nullable(),
  restrictions: z.array(z.enum(SERVICE_RESTRICTIONS)).describe('In force on the lines of the account.'),
  hold: Pause.nullable(),
  exempt: Pause.nullable(),
  promise: z
    .object({
      since: Moment,
      reason: z.string().optional(),
      payments: z.array(z.object({ amount: Amount, currency: Currency, by: Moment })),
    })
    .nullable(),
  history: z
    .array(
      z.object({
        at: Moment,
        what: z.string(),
        step: z.string().optional(),
        detail: z.record(z.string(), z.string()),
      }),
    )
    .describe('Oldest first.'),
});

const example: z.input<typeof Dunning> = {
  state: 'open',
  case: 'acc-1-d1',
  debt: [
    { invoice: 'in_1QXg1o', number: 'A1B2-0003', amount: '159.00', currency: 'SEK', dueAt: '2026-12-01T01:00:00Z' },
  ],
  openedAt: '2026-12-01T01:00:00Z',
  closedAt: null,
  step: 'notice',
  next: { at: '2026-12-06T07:00:00Z', action: 'message', step: 'reminder' },
  restrictions: [],
  hold: null,
  exempt: null,
  promise: null,
  history: [{ at: '2026-12-01T01:00:00Z', what: 'opened', detail: {} }],
};

export const dunningShapes = { Dunning: { schema: Dunning, example } };

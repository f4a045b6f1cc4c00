import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { PeriodName } from '#shared/accounts/named-period.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { priceBody } from '#shared/rating/pricing/price-request.ts';
import { RECORD_STATES } from '#shared/rating/rated-period.ts';
import { operation } from './declare.ts';

const params = z.object({ account: AccountId });

/** In an address a plus that was not encoded arrives as a blank: `from=2026-11-01T00:00:00+01:00`. */
const AddressedInstant = z.preprocess(
  text => (typeof text === 'string' ? text.replace(' ', '+') : text),
  StoredInstant.optional(),
);

/** What an account used (contract 2.4, 8). */
export const readingOperations = {
  getUsage: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/usage',
    scope: 'accounts:read',
    summary: 'Read what an account used in a period',
    description: 'Folded and rated at the moment of the call.',
    params,
    query: z.object({ period: PeriodName }),
    answers: { 200: 'Usage' },
    problems: ['unknown-account', 'period-too-large'],
  }),
  listRecords: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/records',
    scope: 'accounts:read',
    summary: 'List the records of an account',
    description:
      'Newest first, each with its rating and its state: the charge, the zone and band that counted, and the rate row or price that was applied. Without `from` and `to`: the current period.',
    params,
    query: z.object({
      ...LISTING,
      line: LineId.optional(),
      from: AddressedInstant.describe('Records that started then or later.'),
      to: AddressedInstant.describe('Records that started before.'),
      kind: z.string().max(64).optional(),
      id: z.string().max(256).optional().describe('As it was posted.'),
      source: z.string().max(64).optional(),
      state: z.enum(RECORD_STATES).optional(),
    }),
    answers: { 200: 'RecordList' },
    problems: ['unknown-account', 'period-too-large', 'invalid-cursor', 'range-too-long'],
  }),
  explainRecord: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/records/{source}/{id}/explain',
    scope: 'accounts:read',
    summary: 'Explain how a record was rated',
    description:
      "Every step: the page, the line, the plan and its catalog, zone and time band, the charges that were tried and the one that applied, the row of the table, increments, what each allowance gave and from which position, the price, and what became of it. Each step has its figures, and a sentence in the account's language. Without `period` and `startedAt` the record is looked for in the current period and in the one before.",
    params: z.object({ account: AccountId, source: z.string().max(64), id: z.string().max(256) }),
    query: z.object({
      period: PeriodName.unwrap().optional().describe('The period that the record is in, as for usage.'),
      startedAt: AddressedInstant.describe('When the record started: another way to say its period.'),
      locale: z.enum(LOCALES).optional().describe("The sentences' language; that of the account unless it is given."),
    }),
    answers: { 200: 'Explanation' },
    problems: ['unknown-account', 'unknown-record'],
  }),
  getInsights: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/insights',
    scope: 'accounts:read',
    summary: "Read how an account's use develops, and which plan would suit it",
    description:
      'Newest month first. `plans` has what the real use would have cost with all lines on each plan of today, in the order of `months`; `saving` is that of the last three full months. A plan is suggested that saves at least 10 % of them.',
    params,
    query: z.object({ months: z.coerce.number().int().min(1).max(24).default(12) }),
    answers: { 200: 'Insights' },
    problems: ['unknown-account', 'period-too-large'],
  }),
  getPositions: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/positions',
    scope: 'reports:read',
    summary: 'Compare what was rated with what Stripe has',
    description:
      'Per meter of a period: what was rated, what Stripe acknowledged, what its summary confirmed and what is on the invoice. Steps of a unit price, or 1/10 000 minor units of amounts. Null: not known yet.',
    params,
    query: z.object({ ...LISTING, period: PeriodName }),
    answers: { 200: 'Positions' },
    problems: ['unknown-account', 'period-too-large', 'invalid-cursor'],
  }),
  priceRecords: operation({
    method: 'POST',
    path: '/v1/price',
    scope: 'accounts:read',
    summary: 'Price records without storing them',
    description:
      'What these records would cost: under each of several plans, or on the plans of an account. Each is priced alone, from a full period on: nothing that was used before counts, and the clock, the state of lines and lateness do not matter. At most 10 000 records, and 20 000 over all plans.',
    body: priceBody,
    example: {
      plans: ['mobile-10'],
      currency: 'SEK',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      lines: [
        {
          line: 'a',
          records: [
            { id: 'call-17', kind: 'voice', peer: '+31201234567', startedAt: '2026-11-12T08:15:00Z', seconds: 61 },
          ],
        },
      ],
    },
    idempotencyKey: 'ignored',
    answers: { 200: 'Prices' },
    problems: ['unknown-account', 'unknown-plan', 'plan-not-priced', 'answer-too-long'],
  }),
};

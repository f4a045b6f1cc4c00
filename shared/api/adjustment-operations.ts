import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { ChargeFields, CreditFields, InstalmentFields } from '#shared/adjustments/adjustment-fields.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { operation } from './declare.ts';

const ofAccount = z.object({ account: AccountId });
const ofCharge = z.object({ account: AccountId, charge: z.string().min(1).max(64) });
const ofCredit = z.object({ account: AccountId, credit: z.string().min(1).max(64) });
const ofPlan = z.object({ account: AccountId, instalment: z.string().min(1).max(64) });

const NEXT_BILL =
  'It becomes a labelled line of the next bill that closes a period. With an `Idempotency-Key` a repeat adds nothing.';

/** Amounts that a person puts on the bills of an account (contract section 10). */
export const adjustmentOperations = {
  addCharge: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/charges',
    scope: 'accounts:write',
    summary: 'Charge an amount on the next bill',
    description: NEXT_BILL,
    params: ofAccount,
    body: jsonBody(ChargeFields),
    example: { label: 'Replacement SIM card', amount: '49.00', section: 'one-off' },
    answers: { 201: 'Charge' },
    problems: ['unknown-account', 'busy'],
  }),
  listCharges: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/charges',
    scope: 'accounts:read',
    summary: 'List the charges of an account',
    description: 'Newest first.',
    params: ofAccount,
    query: z.object(LISTING),
    answers: { 200: 'ChargeList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
  getCharge: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/charges/{charge}',
    scope: 'accounts:read',
    summary: 'Read a charge',
    params: ofCharge,
    answers: { 200: 'Charge' },
    problems: ['unknown-account', 'unknown-adjustment'],
  }),
  cancelCharge: operation({
    method: 'DELETE',
    path: '/v1/accounts/{account}/charges/{charge}',
    scope: 'accounts:write',
    summary: 'Take a charge back while it waits',
    params: ofCharge,
    answers: { 200: 'Charge' },
    problems: ['unknown-account', 'unknown-adjustment', 'already-placed', 'busy'],
  }),
  addCredit: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/credits',
    scope: 'accounts:write',
    summary: 'Credit an amount on the next bill',
    description: `${NEXT_BILL} Where the credits are more than the bill, Stripe keeps the rest on the customer balance for the one after.`,
    params: ofAccount,
    body: jsonBody(CreditFields),
    example: { label: 'Goodwill for the outage of 3 November', amount: '25.00' },
    answers: { 201: 'Charge' },
    problems: ['unknown-account', 'busy'],
  }),
  listCredits: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/credits',
    scope: 'accounts:read',
    summary: 'List the credits of an account',
    description: 'Newest first.',
    params: ofAccount,
    query: z.object(LISTING),
    answers: { 200: 'ChargeList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
  getCredit: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/credits/{credit}',
    scope: 'accounts:read',
    summary: 'Read a credit',
    params: ofCredit,
    answers: { 200: 'Charge' },
    problems: ['unknown-account', 'unknown-adjustment'],
  }),
  cancelCredit: operation({
    method: 'DELETE',
    path: '/v1/accounts/{account}/credits/{credit}',
    scope: 'accounts:write',
    summary: 'Take a credit back while it waits',
    params: ofCredit,
    answers: { 200: 'Charge' },
    problems: ['unknown-account', 'unknown-adjustment', 'already-placed', 'busy'],
  }),
  addInstalments: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/instalments',
    scope: 'accounts:write',
    summary: 'Spread a total over the bills of some months',
    description:
      'One labelled line "n of m" on each bill, in equal parts of whole minor units; the last part has what does not divide. The first part stands on the first bill whose period ends on `firstOn` or later. With an `Idempotency-Key` a repeat adds nothing.',
    params: ofAccount,
    body: jsonBody(InstalmentFields),
    example: { label: 'Phone Model 5', total: '600.00', months: 24, firstOn: '2026-12-01' },
    answers: { 201: 'InstalmentPlan' },
    problems: ['unknown-account', 'busy'],
  }),
  listInstalments: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/instalments',
    scope: 'accounts:read',
    summary: 'List the instalment plans of an account',
    description: 'Newest first.',
    params: ofAccount,
    query: z.object(LISTING),
    answers: { 200: 'InstalmentPlanList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
  getInstalments: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/instalments/{instalment}',
    scope: 'accounts:read',
    summary: 'Read an instalment plan',
    params: ofPlan,
    answers: { 200: 'InstalmentPlan' },
    problems: ['unknown-account', 'unknown-adjustment'],
  }),
  cancelInstalments: operation({
    method: 'DELETE',
    path: '/v1/accounts/{account}/instalments/{instalment}',
    scope: 'accounts:write',
    summary: 'Take a plan back while none of it is on an invoice',
    params: ofPlan,
    answers: { 200: 'InstalmentPlan' },
    problems: ['unknown-account', 'unknown-adjustment', 'already-placed', 'busy'],
  }),
  settleInstalments: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/instalments/{instalment}/settle',
    scope: 'accounts:write',
    summary: 'Put what is left of a plan on the next bill',
    params: ofPlan,
    answers: { 200: 'InstalmentPlan' },
    problems: ['unknown-account', 'unknown-adjustment', 'nothing-to-settle', 'already-placed', 'busy'],
  }),
};

import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { PauseFields, PromiseFields, ReleaseFields } from '#shared/dunning/intervention-fields.ts';
import { bodyOrNothing, jsonBody } from '#shared/platform/http/body.ts';
import { operation } from './declare.ts';

const params = z.object({ account: AccountId });
const answers = { 200: 'Dunning' } as const;

/** Dunning of an account (contract section 7). */
export const dunningOperations = {
  getDunning: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/dunning',
    scope: 'accounts:read',
    summary: 'Read the dunning of an account',
    description: 'What is owed since when, what was done about it and what comes next.',
    params,
    answers,
    problems: ['unknown-account'],
  }),
  holdDunning: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/dunning/hold',
    scope: 'dunning:write',
    summary: 'Hold the dunning of an account',
    description: 'No step is taken until the hold ends or is released.',
    params,
    body: jsonBody(PauseFields),
    example: { reason: 'The customer disputes the bill.', until: '2026-12-24T00:00:00Z' },
    answers,
    problems: ['unknown-account', 'busy'],
  }),
  releaseDunning: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/dunning/release',
    scope: 'dunning:write',
    summary: 'End a hold or an exemption',
    params,
    body: bodyOrNothing(ReleaseFields),
    example: { reason: 'The dispute is settled.' },
    answers,
    problems: ['unknown-account', 'busy'],
  }),
  exemptFromDunning: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/dunning/exempt',
    scope: 'dunning:write',
    summary: 'Exempt an account from dunning',
    params,
    body: jsonBody(PauseFields),
    example: { reason: 'The customer disputes the bill.', until: '2026-12-24T00:00:00Z' },
    answers,
    problems: ['unknown-account', 'busy'],
  }),
  promisePayment: operation({
    method: 'POST',
    path: '/v1/accounts/{account}/dunning/promise',
    scope: 'dunning:write',
    summary: 'Note a promise to pay',
    description: 'Dunning rests while the promise is kept, and goes on when it is broken.',
    params,
    body: jsonBody(PromiseFields),
    example: { payments: [{ amount: '159.00', on: '2026-12-24' }] },
    answers,
    problems: ['unknown-account', 'no-open-case', 'busy'],
  }),
};

import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { LISTING } from '#shared/platform/http/listing.ts';
import { operation } from './declare.ts';

const params = z.object({ account: AccountId });

/** What was sent to an account (contract section 8). */
export const messageOperations = {
  listMessages: operation({
    method: 'GET',
    path: '/v1/accounts/{account}/messages',
    scope: 'accounts:read',
    summary: 'List the messages to an account',
    description: 'Newest first, each with what became of it.',
    params,
    query: z.object(LISTING),
    answers: { 200: 'MessageList' },
    problems: ['unknown-account', 'invalid-cursor'],
  }),
};

import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { accountAnswer } from '#shared/accounts/records/account-answer.ts';
import { AccountFields } from '#shared/accounts/records/account-fields.ts';
import { created, ok } from '#shared/platform/http/answer.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { route } from '#shared/platform/http/route.ts';
import type { AccountApiServices } from './services.ts';

const params = z.object({ account: AccountId });

const put = route({
  method: 'PUT',
  path: '/v1/accounts/{account}',
  scope: 'accounts:write',
  params,
  body: jsonBody(AccountFields),
  answer: async ({ params, body }, { accounts }: AccountApiServices) => {
    const outcome = await putAccount(accounts, params.account, body);
    const answer = accountAnswer(await readAccount(accounts, params.account));
    return outcome.created ? created(answer) : ok(answer);
  },
});

const get = route({
  method: 'GET',
  path: '/v1/accounts/{account}',
  scope: 'accounts:read',
  params,
  answer: async ({ params }, { accounts }: AccountApiServices) =>
    ok(accountAnswer(await readAccount(accounts, params.account))),
});

export const accountRoutes = [put, get];

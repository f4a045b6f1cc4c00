import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import type { AccountItem } from '#shared/accounts/account-item.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { dunningAnswer } from '#shared/dunning/dunning-answer.ts';
import type { DunningCase } from '#shared/dunning/dunning-case.ts';
import { findDunning } from '#shared/dunning/dunning-item.ts';
import { exempt, hold, promise, release } from '#shared/dunning/intervene.ts';
import { PauseFields, PromiseFields, ReleaseFields } from '#shared/dunning/intervention-fields.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { type BodyReader, bodyOrNothing, jsonBody } from '#shared/platform/http/body.ts';
import { route } from '#shared/platform/http/route.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { AccountApiServices } from './services.ts';

const params = z.object({ account: AccountId });

const get = route({
  method: 'GET',
  path: '/v1/accounts/{account}/dunning',
  scope: 'accounts:read',
  params,
  answer: async ({ params }, { accounts }: AccountApiServices) => {
    const { currency } = await readAccount(accounts, params.account);
    return ok(dunningAnswer(await findDunning(accounts.ledger, params.account), currency));
  },
});

/** What a person does about a case; the answer is the case as it is then. */
function intervention<B>(
  name: string,
  body: BodyReader<B>,
  intervene: (table: Table, account: AccountItem, fields: B, now: Instant) => Promise<DunningCase>,
) {
  return route({
    method: 'POST',
    path: `/v1/accounts/{account}/dunning/${name}`,
    scope: 'dunning:write',
    params,
    body,
    answer: async ({ params, body: fields }, { accounts }: AccountApiServices) => {
      const account = await readAccount(accounts, params.account);
      return ok(dunningAnswer(await intervene(accounts.ledger, account, fields, accounts.clock()), account.currency));
    },
  });
}

export const dunningRoutes = [
  get,
  intervention('hold', jsonBody(PauseFields), hold),
  intervention('release', bodyOrNothing(ReleaseFields), (table, account, fields = {}, now) =>
    release(table, account, fields, now),
  ),
  intervention('exempt', jsonBody(PauseFields), exempt),
  intervention('promise', jsonBody(PromiseFields), promise),
];

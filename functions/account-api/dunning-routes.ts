import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { dunningAnswer } from '#shared/dunning/dunning-answer.ts';
import type { DunningCase } from '#shared/dunning/dunning-case.ts';
import { findDunning } from '#shared/dunning/dunning-item.ts';
import { exempt, hold, promise, release } from '#shared/dunning/intervene.ts';
import { PauseFields, PromiseFields, ReleaseFields } from '#shared/dunning/intervention-fields.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { bodyOrNothing, jsonBody } from '#shared/platform/http/body.ts';
import { type HttpServices, route } from '#shared/platform/http/route.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';

interface DunningRouteServices extends HttpServices {
  readonly accounts: AccountServices;
}

const params = z.object({ account: AccountId });

const get = route({
  method: 'GET',
  path: '/v1/accounts/{account}/dunning',
  scope: 'accounts:read',
  params,
  answer: async ({ params }, { accounts }: DunningRouteServices) => {
    const { currency } = await readAccount(accounts, params.account);
    return ok(dunningAnswer(await findDunning(accounts.ledger, params.account), currency));
  },
});

/** What a person does about a case is answered by the case as it is then. */
async function intervention<F>(
  { accounts }: DunningRouteServices,
  id: string,
  intervene: (table: Table, account: AccountItem, fields: F, now: Instant) => Promise<DunningCase>,
  fields: F,
) {
  const account = await readAccount(accounts, id);
  const dunning = await intervene(accounts.ledger, account, fields, accounts.clock());
  return ok(dunningAnswer(dunning, account.currency));
}

const postHold = route({
  method: 'POST',
  path: '/v1/accounts/{account}/dunning/hold',
  scope: 'dunning:write',
  params,
  body: jsonBody(PauseFields),
  answer: ({ params, body }, services: DunningRouteServices) => intervention(services, params.account, hold, body),
});

const postRelease = route({
  method: 'POST',
  path: '/v1/accounts/{account}/dunning/release',
  scope: 'dunning:write',
  params,
  body: bodyOrNothing(ReleaseFields),
  answer: ({ params, body }, services: DunningRouteServices) =>
    intervention(services, params.account, release, body ?? {}),
});

const postExempt = route({
  method: 'POST',
  path: '/v1/accounts/{account}/dunning/exempt',
  scope: 'dunning:write',
  params,
  body: jsonBody(PauseFields),
  answer: ({ params, body }, services: DunningRouteServices) => intervention(services, params.account, exempt, body),
});

const postPromise = route({
  method: 'POST',
  path: '/v1/accounts/{account}/dunning/promise',
  scope: 'dunning:write',
  params,
  body: jsonBody(PromiseFields),
  answer: ({ params, body }, services: DunningRouteServices) => intervention(services, params.account, promise, body),
});

export const dunningRoutes = [get, postHold, postRelease, postExempt, postPromise];

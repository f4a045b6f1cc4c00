import { readAccount } from '#shared/accounts/read-lines.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { dunningOperations } from '#shared/api/dunning-operations.ts';
import { dunningAnswer } from '#shared/dunning/dunning-answer.ts';
import type { DunningCase } from '#shared/dunning/dunning-case.ts';
import { findDunning } from '#shared/dunning/dunning-item.ts';
import { exempt, hold, promise, release } from '#shared/dunning/intervene.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { AccountRouteServices } from './services.ts';

/** What a person does about a case is answered by the case as it is then. */
async function intervention<F>(
  { accounts }: AccountRouteServices,
  id: string,
  intervene: (table: Table, account: AccountItem, fields: F, now: Instant) => Promise<DunningCase>,
  fields: F,
) {
  const account = await readAccount(accounts, id);
  const dunning = await intervene(accounts.ledger, account, fields, accounts.clock());
  return ok(dunningAnswer(dunning, account.currency));
}

const handlers: Handlers<typeof dunningOperations, AccountRouteServices> = {
  getDunning: async ({ params }, { accounts }) => {
    const { currency } = await readAccount(accounts, params.account);
    return ok(dunningAnswer(await findDunning(accounts.ledger, params.account), currency));
  },
  holdDunning: ({ params, body }, services) => intervention(services, params.account, hold, body),
  releaseDunning: ({ params, body }, services) => intervention(services, params.account, release, body ?? {}),
  exemptFromDunning: ({ params, body }, services) => intervention(services, params.account, exempt, body),
  promisePayment: ({ params, body }, services) => intervention(services, params.account, promise, body),
};

export const dunningRoutes = routesFor(dunningOperations, handlers);

import * as z from 'zod';
import { type FoundAccount, findAccounts } from '#shared/accounts/directory/find-accounts.ts';
import { patchAccount, putAccount } from '#shared/accounts/put-account.ts';
import { patchLine, putLine } from '#shared/accounts/put-line.ts';
import { readAccount, readLine, readLines } from '#shared/accounts/read-lines.ts';
import { accountAnswer } from '#shared/accounts/records/account-answer.ts';
import { accountOperations } from '#shared/api/account-operations.ts';
import { created, ok } from '#shared/platform/http/answer.ts';
import { pageAnswer, placeIn } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { AccountRouteServices } from './services.ts';

/** Of a line: its number among all that the account ever had. */
const LinePlace = z.int().nonnegative();

const handlers: Handlers<typeof accountOperations, AccountRouteServices> = {
  listAccounts: async (request, { accounts }) => {
    const { search, state, limit } = request.query;
    const page = { limit, after: placeIn(request, z.string()) };
    const found = await findAccounts(accounts.ledger, { search, state }, page);
    return pageAnswer(request, found.accounts.map(listedAccount), found.next);
  },
  putAccount: async ({ params, body }, { accounts }) => {
    const { created: isNew, changed } = await putAccount(accounts, params.account, body);
    const answer = accountAnswer(await readAccount(accounts, params.account));
    return isNew ? created(answer) : ok(withChanges(answer, changed));
  },
  patchAccount: async ({ params, body }, { accounts }) => {
    const { changed } = await patchAccount(accounts, params.account, body);
    return ok(withChanges(accountAnswer(await readAccount(accounts, params.account)), changed));
  },
  getAccount: async ({ params }, { accounts }) => ok(accountAnswer(await readAccount(accounts, params.account))),
  putLine: async ({ params, body }, { accounts }) => {
    const { created: isNew, changed } = await putLine(accounts, params.account, params.line, body);
    const answer = await readLine(accounts, params.account, params.line);
    return isNew ? created(answer) : ok(withChanges(answer, changed));
  },
  patchLine: async ({ params, body }, { accounts }) => {
    const { changed } = await patchLine(accounts, params.account, params.line, body);
    return ok(withChanges(await readLine(accounts, params.account, params.line), changed));
  },
  getLine: async ({ params }, { accounts }) => ok(await readLine(accounts, params.account, params.line)),
  listLines: async (request, { accounts }) => {
    const { params, query } = request;
    const page = { limit: query.limit, after: placeIn(request, LinePlace) };
    const { items, next } = await readLines(accounts, params.account, page);
    return pageAnswer(request, items, next);
  },
};

export const accountRoutes = routesFor(accountOperations, handlers);

/** A repeat is answered like the first request, and like `GET`. */
function withChanges(answer: object, changed: readonly string[]): object {
  return changed.length === 0 ? answer : { ...answer, changed };
}

function listedAccount({ item, state }: FoundAccount) {
  const { account, name, email, phone, currency, brand, segment, externalIds, createdAt } = item;
  return {
    account,
    name,
    email,
    phone,
    currency,
    brand,
    segment,
    externalIds,
    state,
    createdAt: printInstant(createdAt),
  };
}

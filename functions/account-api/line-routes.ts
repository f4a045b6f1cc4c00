import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { readLine, readLines } from '#shared/accounts/read-lines.ts';
import { LineFields } from '#shared/accounts/records/line-fields.ts';
import { created, ok } from '#shared/platform/http/answer.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { route } from '#shared/platform/http/route.ts';
import { Limit, printCursor, readCursor } from './page.ts';
import type { AccountApiServices } from './services.ts';

const params = z.object({ account: AccountId, line: LineId });

const put = route({
  method: 'PUT',
  path: '/v1/accounts/{account}/lines/{line}',
  scope: 'accounts:write',
  params,
  body: jsonBody(LineFields),
  answer: async ({ params, body }, { accounts }: AccountApiServices) => {
    const outcome = await putLine(accounts, params.account, params.line, body);
    const answer = await readLine(accounts, params.account, params.line);
    return outcome.created ? created(answer) : ok(answer);
  },
});

const get = route({
  method: 'GET',
  path: '/v1/accounts/{account}/lines/{line}',
  scope: 'accounts:read',
  params,
  answer: async ({ params }, { accounts }: AccountApiServices) =>
    ok(await readLine(accounts, params.account, params.line)),
});

const Place = z.int().nonnegative();

const list = route({
  method: 'GET',
  path: '/v1/accounts/{account}/lines',
  scope: 'accounts:read',
  params: params.pick({ account: true }),
  query: z.strictObject({ limit: Limit, cursor: z.string().max(200).optional() }),
  answer: async ({ params, query }, { accounts }: AccountApiServices) => {
    const after = readCursor(query.cursor, Place);
    const { items, next } = await readLines(accounts, params.account, { limit: query.limit, after });
    return ok({ items, next: printCursor(next) });
  },
});

export const lineRoutes = [put, get, list];

import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { messagesOf } from '#shared/messages/order/message.ts';
import { messageAnswer } from '#shared/messages/order/message-answer.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { type HttpServices, route } from '#shared/platform/http/route.ts';
import { Limit, printCursor, readCursor } from './page.ts';
import type { AccountApiServices } from './services.ts';

/** Of a message: its moment and its id, by which the list is sorted, newest first. */
const Place = z.tuple([z.int(), z.string()]);

const list = route({
  method: 'GET',
  path: '/v1/accounts/{account}/messages',
  scope: 'accounts:read',
  params: z.object({ account: AccountId }),
  query: z.strictObject({ limit: Limit, cursor: z.string().max(500).optional() }),
  answer: async ({ params, query }, { accounts }: Pick<AccountApiServices, 'accounts' | keyof HttpServices>) => {
    await readAccount(accounts, params.account);
    const after = readCursor(query.cursor, Place);
    const all = await messagesOf(accounts.ledger, params.account);
    const rest = all.filter(({ at, id }) => after === undefined || isBehind([at, id], after));
    const shown = rest.slice(0, query.limit);
    const last = rest.length > shown.length ? shown.at(-1) : undefined;
    return ok({ items: shown.map(messageAnswer), next: printCursor(last && [last.at, last.id]) });
  },
});

function isBehind([at, id]: z.infer<typeof Place>, [lastAt, lastId]: z.infer<typeof Place>): boolean {
  return at < lastAt || (at === lastAt && id < lastId);
}

export const messageRoutes = [list];

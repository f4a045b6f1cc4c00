import * as z from 'zod';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { messageOperations } from '#shared/api/message-operations.ts';
import { messagesOf } from '#shared/messages/order/message.ts';
import { messageAnswer } from '#shared/messages/order/message-answer.ts';
import { pageAnswer, placeIn } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import type { AccountRouteServices } from './services.ts';

/** Of a message: its moment and its id, by which the list is sorted, newest first. */
const MessagePlace = z.tuple([z.int(), z.string()]);

const handlers: Handlers<typeof messageOperations, AccountRouteServices> = {
  listMessages: async (request, { accounts }) => {
    const { params, query } = request;
    await readAccount(accounts, params.account);
    const after = placeIn(request, MessagePlace);
    const all = await messagesOf(accounts.ledger, params.account);
    const rest = all.filter(({ at, id }) => after === undefined || isBehind([at, id], after));
    const shown = rest.slice(0, query.limit);
    const last = rest.length > shown.length ? shown.at(-1) : undefined;
    return pageAnswer(request, shown.map(messageAnswer), last && [last.at, last.id]);
  },
};

function isBehind([at, id]: z.infer<typeof MessagePlace>, [lastAt, lastId]: z.infer<typeof MessagePlace>): boolean {
  return at < lastAt || (at === lastAt && id < lastId);
}

export const messageRoutes = routesFor(messageOperations, handlers);

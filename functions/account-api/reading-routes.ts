import * as z from 'zod';
import { ratedAccount } from '#shared/accounts/account-book.ts';
import { namedPeriod } from '#shared/accounts/named-period.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { unknownAccount } from '#shared/accounts/unknown-account.ts';
import { readingOperations } from '#shared/api/reading-operations.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { pageAnswer, placeIn, printCursor } from '#shared/platform/http/listing.ts';
import { type Handlers, routesFor } from '#shared/platform/http/route.ts';
import { price } from '#shared/rating/pricing/price.ts';
import { rateAccount } from '#shared/rating/rate-account.ts';
import { usageView } from '#shared/rating/usage-view.ts';
import { explainRecord } from '#shared/reports/explain/explain-record.ts';
import { readInsights } from '#shared/reports/insights/read-insights.ts';
import { readPositions } from '#shared/reports/read-positions.ts';
import { RecordPlace, readRecordPage } from '#shared/reports/read-records.ts';
import type { AccountApiServices } from './services.ts';

const handlers: Handlers<typeof readingOperations, AccountApiServices> = {
  getUsage: async ({ params, query }, { accounts, rating }) => {
    const account = await readAccount(accounts, params.account);
    const rated = await ratedAccount(accounts.ledger, params.account);
    if (rated === undefined) throw unknownAccount(params.account);
    const { start, end } = await namedPeriod(accounts, account, query.period);
    const usage = await rateAccount(rating, rated, { start, end }, { consistent: false });
    return ok(usageView(params.account, usage, accounts.clock()));
  },
  listRecords: async (request, { accounts, rating, manifests }) => {
    const { params, query } = request;
    const account = await readAccount(accounts, params.account);
    const { limit, cursor: _, ...filter } = query;
    const page = { limit, after: placeIn(request, RecordPlace) };
    const sources = { ...accounts, rating, manifests };
    const { items, next } = await readRecordPage(sources, account, filter, page);
    return pageAnswer(request, items, next);
  },
  explainRecord: async ({ params, query }, { accounts, rating, manifests }) => {
    const account = await readAccount(accounts, params.account);
    const { source, id } = params;
    return ok(await explainRecord({ ...accounts, rating, manifests }, account, { source, id, ...query }));
  },
  getInsights: async ({ params, query }, { accounts, rating }) => {
    const account = await readAccount(accounts, params.account);
    return ok(await readInsights({ ...accounts, rating }, account, query.months));
  },
  getPositions: async (request, { accounts, rating }) => {
    const { params, query } = request;
    const account = await readAccount(accounts, params.account);
    const period = await namedPeriod(accounts, account, query.period);
    const behind = placeIn(request, z.string());
    const { items, ...head } = await readPositions({ ledger: accounts.ledger, rating }, account, period);
    const rest = items.filter(({ billable }) => behind === undefined || billable > behind);
    const shown = rest.slice(0, query.limit);
    const next = rest.length > shown.length ? shown.at(-1)?.billable : undefined;
    return ok({ ...head, items: shown, next: printCursor(request, next) });
  },
  priceRecords: async ({ body }, { accounts, rating }) => ok(await price(accounts, rating, body)),
};

export const readingRoutes = routesFor(readingOperations, handlers);

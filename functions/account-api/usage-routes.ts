import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { ratedAccount } from '#shared/accounts/account-book.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { route } from '#shared/platform/http/route.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { rateAccount } from '#shared/rating/rate-account.ts';
import type { RecordState } from '#shared/rating/rated-period.ts';
import { usageView } from '#shared/rating/usage-view.ts';
import { namedPeriod, PeriodName } from './named-period.ts';
import { Limit, printCursor, readCursor } from './page.ts';
import { readRecordPage } from './read-records.ts';
import type { AccountApiServices } from './services.ts';

const params = z.object({ account: AccountId });

const usage = route({
  method: 'GET',
  path: '/v1/accounts/{account}/usage',
  scope: 'accounts:read',
  params,
  query: z.strictObject({ period: PeriodName }),
  answer: async ({ params, query }, services: AccountApiServices) => {
    const { ledger, clock } = services.accounts;
    const account = await readAccount(services.accounts, params.account);
    const rated = await ratedAccount(ledger, params.account);
    if (rated === undefined) throw new NotFound('unknown-account', 'There is no such account.');
    const period = await namedPeriod(services, account, query.period);
    const { start, end } = period;
    return ok(
      usageView(
        params.account,
        await rateAccount(services.rating, rated, { start, end }, { consistent: false }),
        clock(),
      ),
    );
  },
});

const Place = z.tuple([z.int(), z.string(), z.string(), z.string()]);

/** In an address a plus that was not encoded arrives as a blank: `from=2026-11-01T00:00:00+01:00`. */
const AddressedInstant = z.preprocess(
  text => (typeof text === 'string' ? text.replace(' ', '+') : text),
  StoredInstant.optional(),
);

const RECORD_STATES = [
  'open',
  'billed',
  'covered',
  'free',
  'carried',
  'written-off',
  'voided',
  'quarantined',
] as const satisfies readonly RecordState[];

const records = route({
  method: 'GET',
  path: '/v1/accounts/{account}/records',
  scope: 'accounts:read',
  params,
  query: z.strictObject({
    line: LineId.optional(),
    from: AddressedInstant,
    to: AddressedInstant,
    kind: z.string().max(64).optional(),
    state: z.enum(RECORD_STATES).optional(),
    limit: Limit,
    cursor: z.string().max(500).optional(),
  }),
  answer: async ({ params, query }, services: AccountApiServices) => {
    const account = await readAccount(services.accounts, params.account);
    const { line, from, to, kind, state, limit } = query;
    const after = readCursor(query.cursor, Place);
    const { items, next } = await readRecordPage(services, account, { line, from, to, kind, state }, { limit, after });
    return ok({ items, next: printCursor(next) });
  },
});

export const usageRoutes = [usage, records];

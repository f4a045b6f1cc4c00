import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { periodKey } from '#shared/accounts/period-item.ts';
import { readAccount } from '#shared/accounts/read-lines.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { fourNumbers } from '#shared/metering/four-numbers.ts';
import { positionsOf } from '#shared/metering/position.ts';
import { rateBilled } from '#shared/metering/push-account.ts';
import { ok } from '#shared/platform/http/answer.ts';
import { route } from '#shared/platform/http/route.ts';
import { type Period, printInstant } from '#shared/platform/instant.ts';
import { namedPeriod, PeriodName } from './named-period.ts';
import type { AccountApiServices } from './services.ts';

/**
 * Per meter of a period what was rated, what Stripe acknowledged, what its summary confirmed and what is on the
 * invoice: steps of a unit price, 1/10 000 minor units of amounts. Null: not known yet.
 */
const positions = route({
  method: 'GET',
  path: '/v1/accounts/{account}/positions',
  scope: 'reports:read',
  params: z.object({ account: AccountId }),
  query: z.strictObject({ period: PeriodName }),
  answer: async ({ params, query }, services: AccountApiServices) => {
    const account = await readAccount(services.accounts, params.account);
    const period = await namedPeriod(services, account, query.period);
    const { ledger } = services.accounts;
    const closing = await ledger.get(periodKey(params.account, period.start), ClosingPeriod);
    const stored = await positionsOf(ledger, params.account, period.start);
    const rated = closing?.frozen?.targets ?? Object.fromEntries(await targetsNow(services, account, period));
    const invoiced = new Map([...stored].map(([key, position]) => [key, position.invoiced ?? 0n]));
    return ok({
      account: params.account,
      period: { start: printInstant(period.start), end: printInstant(period.end) },
      state: closing?.state ?? 'unbilled',
      items: fourNumbers(rated, stored, invoiced).map(numbers => ({
        billable: numbers.key,
        rated: numbers.rated.toString(),
        acknowledged: numbers.acknowledged.toString(),
        confirmed: numbers.confirmed?.toString() ?? null,
        invoiced: stored.get(numbers.key)?.invoiced?.toString() ?? null,
      })),
    });
  },
});

async function targetsNow({ accounts, rating }: AccountApiServices, account: AccountItem, period: Period) {
  const services = { ...rating, table: accounts.ledger };
  return (await rateBilled(services, account, period, { consistent: false })).targets;
}

export const positionRoutes = [positions];

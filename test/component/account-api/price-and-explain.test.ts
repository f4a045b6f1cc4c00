import { beforeAll, describe, expect, it } from 'vitest';
import { accountRoutes } from '#functions/account-api/account-routes.ts';
import { readingRoutes } from '#functions/account-api/reading-routes.ts';
import type { AccountApiServices } from '#functions/account-api/services.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { CONTRACT_ACCOUNT, CONTRACT_LINE } from '#test/builders/contract.ts';
import { ask } from '#test/builders/http.ts';
import { aCall, aDataSession } from '#test/builders/usage.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld();
let key: string;
let handler: ReturnType<typeof httpFunction>;

function send(method: string, path: string, body?: unknown) {
  return ask(handler, { method, path, key, ...(body !== undefined && { body }) });
}

beforeAll(async () => {
  const { ledger, clock } = world.accounts.services;
  key = await makeKey(ledger, { scopes: ['accounts:write', 'accounts:read'], label: 'test' }, clock);
  const services: AccountApiServices = {
    authenticate: ledgerKeys(ledger, clock),
    keptAnswers: answersIn(ledger, clock),
    accounts: world.accounts.services,
    rating: world.services.metering,
    manifests: world.services.metering.manifests,
    bills: billsIn(world.accounts.s3, world.accounts.bucket),
  };
  handler = httpFunction({ routes: [...accountRoutes, ...readingRoutes], services: () => services });
  const { body } = await send('PUT', '/v1/accounts/acc-1', CONTRACT_ACCOUNT);
  await giveCard(world.accounts, textIn(body, 'stripeCustomer'));
  await send('PUT', '/v1/accounts/acc-1/lines/line-1', CONTRACT_LINE);
  await world.accounts.moveTo('2026-11-10T12:00:00Z');
  await world.post(
    aCall({ id: 'call-1', startedAt: '2026-11-02T08:00:00Z', seconds: 65 }),
    aDataSession({ id: 'data-1', startedAt: '2026-11-04T08:00:00Z', bytes: 10_000_000_000 }),
    aDataSession({ id: 'data-2', startedAt: '2026-11-05T08:00:00Z', bytes: 1_500_000_000 }),
  );
});

describe('a record that is explained', () => {
  it('is told step by step in the language of the account, or in the one that is asked for', async () => {
    const swedish = await send('GET', '/v1/accounts/acc-1/records/msc-1/data-2/explain');
    const english = await send('GET', '/v1/accounts/acc-1/records/msc-1/data-2/explain?period=2026-11&locale=en');

    expect(swedish.status).toBe(200);
    expect(swedish.body).toMatchObject({ account: 'acc-1', locale: 'sv', record: { id: 'data-2', state: 'open' } });
    // The session before used all 10 GB.
    expect(listIn(swedish.body, 'steps')).toContainEqual(
      expect.objectContaining({
        ...{ step: 'allowance', allowance: 'data', applies: true },
        ...{ included: 10_000_000_000, position: 10_000_000_000, drawn: 0, remaining: 0 },
      }),
    );
    expect(swedish.body.sentences).toContain('Det kommer på periodens faktura.');
    expect(english.body.sentences).toContain('It will be on the bill of its period.');
  });

  it('is looked for where it started', async () => {
    const path = '/v1/accounts/acc-1/records/msc-1/call-1/explain';
    const started = await send('GET', `${path}?startedAt=2026-11-02T09:00:00%2B01:00`);
    const elsewhere = await send('GET', `${path}?period=2026-10`);
    const nobodys = await send('GET', '/v1/accounts/acc-1/records/msc-2/call-1/explain');

    expect(started).toMatchObject({ status: 200, body: { record: { id: 'call-1', state: 'covered' } } });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown-record' } });
    expect(nobodys).toMatchObject({ status: 404, body: { code: 'unknown-record' } });
  });
});

describe('prices over HTTP', () => {
  const session = { id: 'd', kind: 'data', startedAt: '2026-11-20T08:00:00Z', bytes: 11_000_000_000 };
  const lines = [{ line: 'line-1', records: [session] }];
  const november = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' };

  it('are those of each plan, or of the account, whatever was used before', async () => {
    const plans = { plans: ['mobile-10', 'pay-as-you-go'], currency: 'SEK', period: november, lines };
    const byPlan = await send('POST', '/v1/price', plans);
    const byAccount = await send('POST', '/v1/price', { account: 'acc-1', lines });

    // mobile-10: 159.00 and one GB beyond 10 GB at 99.00. pay-as-you-go: 19.00, and eleven GB at 49.00.
    expect(byPlan.status).toBe(200);
    expect(byPlan.body.plans).toMatchObject([
      { plan: 'mobile-10', fee: '159.00', usage: '99.00', total: '258.00' },
      { plan: 'pay-as-you-go', fee: '19.00' },
    ]);
    expect(byAccount.body.plans).toMatchObject([{ plan: 'mobile-10', period: november, total: '258.00' }]);
    // Nothing was stored.
    const { body } = await send('GET', '/v1/accounts/acc-1/records?id=d');
    expect(body.items).toEqual([]);
  });

  it.each([
    ['without plans and account', { lines }, 422, 'plans'],
    ['with both', { account: 'acc-1', plans: ['mobile-10'], lines }, 422, 'plans'],
    ['without a currency', { plans: ['mobile-10'], period: november, lines }, 422, 'currency'],
    [
      'for a period of years',
      { account: 'acc-1', period: { ...november, end: '2028-12-01T00:00:00Z' }, lines },
      422,
      'period',
    ],
    [
      'for a record that is not one',
      { account: 'acc-1', lines: [{ line: 'line-1', records: [{ ...session, bytes: -1 }] }] },
      422,
      'lines/0/records/0/bytes',
    ],
  ])('are refused %s', async (_, body, status, path) => {
    const answer = await send('POST', '/v1/price', body);

    expect(answer).toMatchObject({ status, body: { code: 'invalid-body', errors: [{ path }] } });
  });
});

describe('insights over HTTP', () => {
  it('have the months so far, and what each plan would have cost', async () => {
    const { status, body } = await send('GET', '/v1/accounts/acc-1/insights?months=12');

    // mobile-10: 159.00, and 1.5 GB beyond 10 GB are two steps of 99.00.
    expect(status).toBe(200);
    expect(body.months).toMatchObject([
      {
        period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
        isFull: false,
        lines: [{ line: 'line-1', plan: 'mobile-10', fee: '159.00' }],
        total: '357.00',
      },
    ]);
    expect(listIn(body, 'plans')).toContainEqual({ plan: 'mobile-10', wouldHaveCost: ['357.00'], saving: '0.00' });
    expect(body).toMatchObject({ changes: [], suggestion: null });
    expect(await send('GET', '/v1/accounts/acc-1/insights?months=0')).toMatchObject({ status: 400 });
    expect(await send('GET', '/v1/accounts/nobody/insights')).toMatchObject({ status: 404 });
  });
});

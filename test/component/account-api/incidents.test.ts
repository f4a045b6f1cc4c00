import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { incidentRoutes } from '#functions/account-api/incident-routes.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { ask } from '#test/builders/http.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';

const world = useAccountWorld({ publish: false });
const BILL = { pk: 'account#acc-1', sk: 'bill#in_1' };
let key: string;

beforeAll(async () => {
  const { ledger, clock } = world.services;
  key = await makeKey(ledger, { scopes: ['admin'], label: 'test' }, clock);
  const detail = { total: '12.00' };
  const one = { subject: BILL, code: 'bill-differs' as const, openedAt: Date.UTC(2026, 10, 1), detail };
  const other = {
    subject: { pk: 'meter#1', sk: 'errors' },
    code: 'meter-errors' as const,
    openedAt: Date.UTC(2026, 10, 2),
    detail,
  };
  for (const incident of [one, other]) await ledger.put(incidentItem(incident));
  await ledger.put({ ...BILL, kind: 'bill', caseOpen: 'bill-differs', lease: 3 });
});

function call(path: string, body?: unknown) {
  const { services: accounts } = world;
  const services = {
    accounts,
    authenticate: ledgerKeys(accounts.ledger),
    keptAnswers: answersIn(accounts.ledger),
  };
  const handler = httpFunction({ routes: incidentRoutes, services: () => services });
  return ask(handler, { path, key, ...(body !== undefined && { method: 'POST', body }) });
}

describe('cases', () => {
  test('are listed newest first, with what to do', async () => {
    const { body } = await call('/v1/cases?state=open');

    expect(body).toMatchObject({
      items: [
        { code: 'meter-errors', account: null, runbook: 'shared/docs/runbook.md#stripe-events-cases-opened' },
        {
          code: 'bill-differs',
          account: 'acc-1',
          openedAt: '2026-11-01T00:00:00Z',
          closedAt: null,
          subject: 'account#acc-1 bill#in_1',
          detail: { total: '12.00' },
          runbook: 'shared/docs/runbook.md#bill-render-cases-opened',
        },
      ],
      next: null,
    });
  });

  test('are closed with a note, and what waited behind one is due at once and may open it again', async () => {
    const [first] = listIn((await call('/v1/cases?account=acc-1')).body);
    const id = textIn(first ?? {}, 'id');

    const closed = await call(`/v1/cases/${id}/close`, { note: 'Tax rate put right.', drive: true });
    const again = await call(`/v1/cases/${id}/close`, {});

    expect(closed).toMatchObject({ status: 200, body: { id, note: 'Tax rate put right.', driven: true } });
    expect(again).toMatchObject({ status: 404, body: { code: 'no-such-case' } });
    const item = await world.services.ledger.get(BILL, z.looseObject({}));
    expect(item).toMatchObject({ wakeAt: '2026-11-01T00:00:00.000Z' });
    expect(item).not.toHaveProperty('caseOpen');
    expect((await call('/v1/cases?state=open&account=acc-1')).body.items).toEqual([]);
    expect((await call('/v1/cases?state=closed')).body.items).toMatchObject([{ id }]);
  });

  test('that nothing waits behind are closed without driving', async () => {
    const [first] = listIn((await call('/v1/cases?state=open')).body);

    const closed = await call(`/v1/cases/${textIn(first ?? {}, 'id')}/close`, { drive: true });

    expect(closed).toMatchObject({ status: 200, body: { code: 'meter-errors', driven: false } });
  });
});

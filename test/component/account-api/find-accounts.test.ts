import { beforeAll, describe, expect, test } from 'vitest';
import { accountRoutes } from '#functions/account-api/account-routes.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { AccountFields } from '#shared/accounts/records/account-fields.ts';
import { accountKey } from '#shared/accounts/records/account-item.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { aLine } from '#test/builders/accounts.ts';
import { ask } from '#test/builders/http.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';
import { listIn } from '#test/parts/answer-body.ts';

const world = useAccountWorld();
let key: string;

const PEOPLE = [
  ['acc-1', { name: 'Anna Bergström', email: 'anna.b@example.com', externalIds: { crm: 'CRM-4711' } }],
  ['acc-2', { name: 'Annabel Öberg-Lund', email: 'bel@example.org' }],
  ['acc-3', { name: 'Bo Li', email: 'bo@example.net', phone: '+46701110000' }],
] as const;

beforeAll(async () => {
  const { services } = world;
  key = await makeKey(services.ledger, { scopes: ['accounts:read'], label: 'test' }, services.clock);
  for (const [index, [id, fields]] of PEOPLE.entries()) {
    await world.moveTo(`2026-11-01T0${index}:00:00Z`);
    await putAccount(services, id, AccountFields.parse({ ...fields, currency: 'SEK' }));
  }
});

async function found(query: string) {
  const { services: accounts } = world;
  const services = {
    accounts,
    authenticate: ledgerKeys(accounts.ledger),
    keptAnswers: answersIn(accounts.ledger),
  };
  return ask(httpFunction({ routes: accountRoutes, services: () => services }), { path: `/v1/accounts?${query}`, key });
}

async function namesOf(query: string) {
  return listIn((await found(query)).body).map(({ account }) => account);
}

describe('accounts', () => {
  test('are listed newest first, page by page', async () => {
    const first = await found('limit=2');
    const second = await found(`limit=2&cursor=${first.body.next}`);

    expect(listIn(first.body).map(({ account }) => account)).toEqual(['acc-3', 'acc-2']);
    expect(second.body).toMatchObject({ items: [{ account: 'acc-1' }], next: null });
  });

  test.each([
    ['the beginning of a word of the name', 'search=ann', ['acc-1', 'acc-2']],
    ['a name without its accents', 'search=bergstrom', ['acc-1']],
    ['a part of a double name', 'search=lund', ['acc-2']],
    ['two words in any order', 'search=berg%20anna', ['acc-1']],
    ['a mail address in any case', 'search=ANNA.B@example.com', ['acc-1']],
    ['an external id', 'search=crm-47', ['acc-1']],
    ['its own id', 'search=acc-2', ['acc-2']],
    ['a short word that is whole', 'search=bo', ['acc-3']],
    ['its phone', 'search=%2B46701110000', ['acc-3']],
    ['nothing of it', 'search=zebra', []],
    ['a word that is no beginning', 'search=nna', []],
  ])('are found by %s', async (_, query, accounts) => {
    expect(await namesOf(query)).toEqual(accounts);
  });

  test('are found page by page too, each once', async () => {
    const first = await found('search=ann&limit=1');
    const second = await found(`search=ann&limit=1&cursor=${first.body.next}`);

    expect([...listIn(first.body), ...listIn(second.body)].map(({ account }) => account)).toEqual(['acc-1', 'acc-2']);
    expect(second.body.next).toBeNull();
  });

  test('are not found by a name that they gave up', async () => {
    const fields = { name: 'Vera Sund', email: 'vera@example.com', currency: 'SEK' };
    await putAccount(world.services, 'acc-4', AccountFields.parse(fields));
    await putAccount(world.services, 'acc-4', AccountFields.parse({ ...fields, name: 'Vera Holm' }));

    expect([await namesOf('search=sund'), await namesOf('search=holm')]).toEqual([[], ['acc-4']]);
  });

  test('of the time before the directory are in it from their next PUT on', async () => {
    const fields = AccountFields.parse({ name: 'Old Timer', email: 'old@example.com', currency: 'SEK' });
    await putAccount(world.services, 'acc-5', fields);
    const { ledger } = world.services;
    await ledger.update(accountKey('acc-5'), { remove: ['searchWords'] });
    await ledger.delete({ pk: 'account-word#tim', sk: 'timer#acc-5' });
    expect(await namesOf('search=timer')).toEqual([]);

    await putAccount(world.services, 'acc-5', fields);

    expect(await namesOf('search=timer')).toEqual(['acc-5']);
  });

  test('are told apart by state', async () => {
    expect(await namesOf('state=active')).toEqual([]);
    expect((await namesOf('state=new')).length).toBeGreaterThanOrEqual(3);
    expect(await found('state=asleep')).toMatchObject({ status: 400, body: { code: 'invalid-query' } });
  });

  test('are listed through three pages, each once, and the third says that it is the last', async () => {
    const byName = { currency: 'SEK', name: 'Tripp Trio' };
    for (const id of ['trio-1', 'trio-2', 'trio-3']) {
      await putAccount(world.services, id, AccountFields.parse({ ...byName, email: `${id}@example.com` }));
    }

    const first = await found('search=tripp&limit=1');
    const second = await found(`search=tripp&limit=1&cursor=${first.body.next}`);
    const third = await found(`search=tripp&limit=1&cursor=${second.body.next}`);

    const pages = [first, second, third].map(({ body }) => listIn(body).map(({ account }) => account));
    expect(pages).toEqual([['trio-1'], ['trio-2'], ['trio-3']]);
    expect(third.body.next).toBeNull();
  });

  test('a cursor of another kind is refused', async () => {
    expect(await found('search=tripp&cursor=nonsense')).toMatchObject({
      status: 400,
      body: { code: 'invalid-cursor' },
    });
  });
});

describe('an account with a line', () => {
  beforeAll(async () => {
    const line = aLine({ imsi: '240071234567890', iccid: '8946071234567890123' });
    await putLine(world.services, 'acc-1', 'line-7', line);
  });

  test.each([
    ['its number', 'search=%2B46701234567'],
    ['its number without the plus', 'search=46701234567'],
    ['its imsi', 'search=240071234567890'],
    ['its iccid', 'search=8946071234567890123'],
    ['the imsi as usage names it', 'search=imsi:240071234567890'],
    ['its number, in its state: nobody has paid its first invoice', 'search=%2B46701234567&state=pending'],
  ])('is found by %s', async (_, query) => {
    expect(await namesOf(query)).toEqual(['acc-1']);
  });

  test.each([
    ['a number in national spelling', 'search=0701234567'],
    ['the beginning of a number', 'search=%2B4670123456'],
    ['its number, in another state', 'search=%2B46701234567&state=new'],
  ])('is not found by %s', async (_, query) => {
    expect((await found(query)).body).toEqual({ items: [], next: null });
  });

  test('is still found by a number that it gave up, behind the account that has it now', async () => {
    await world.moveTo('2026-11-02T00:00:00Z');
    await putLine(world.services, 'acc-1', 'line-7', aLine({ msisdn: '+46701234599' }));
    await world.moveTo('2026-11-02T01:00:00Z');
    await putLine(world.services, 'acc-2', 'line-8', aLine());

    expect(await namesOf('search=%2B46701234567')).toEqual(['acc-2', 'acc-1']);
  });
});

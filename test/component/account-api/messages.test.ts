import { beforeAll, describe, expect, it } from 'vitest';
import { messageRoutes } from '#functions/account-api/message-routes.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { findAccount } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { AccountFields } from '#shared/accounts/records/account-fields.ts';
import { type MessageOrder, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { MINUTE } from '#shared/platform/instant.ts';
import { ask } from '#test/builders/http.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';
import { listIn } from '#test/parts/answer-body.ts';

const NOW = Date.UTC(2026, 10, 1);
const world = useAccountWorld();
let key: string;

beforeAll(async () => {
  const { services } = world;
  key = await makeKey(services.ledger, { scopes: ['accounts:read'], label: 'test' }, services.clock);
  const fields = { name: 'Kim', email: 'kim@example.com', phone: '+46701110000', currency: 'SEK', locale: 'sv' };
  for (const id of ['acc-1', 'acc-2']) await putAccount(services, id, AccountFields.parse(fields));
});

function list(path: string) {
  const { services: accounts } = world;
  const services = { accounts, authenticate: ledgerKeys(accounts.ledger), keptAnswers: answersIn(accounts.ledger) };
  return ask(httpFunction({ routes: messageRoutes, services: () => services }), { path, key });
}

async function order(id: string, at: number, fields: Partial<MessageOrder> = {}): Promise<void> {
  const { ledger } = world.services;
  const account = await findAccount(ledger, 'acc-1');
  if (account === undefined) throw new Error('The account is not there.');
  const content = { template: 'thanks', total: '159.00', currency: 'SEK', restored: false } as const;
  await ledger.transact([orderMessage(account, { id, channel: 'email', content, ...fields }, at)]);
}

describe('the messages of an account', () => {
  it('say when one that had not gone was withdrawn, and nothing of it where none was', async () => {
    const { ledger } = world.services;
    await putAccount(
      world.services,
      'acc-3',
      AccountFields.parse({ name: 'Kim', email: 'k@example.com', currency: 'SEK' }),
    );
    const account = await findAccount(ledger, 'acc-3');
    if (account === undefined) throw new Error('The account is not there.');
    const content = { template: 'thanks', total: '159.00', currency: 'SEK', restored: false } as const;
    for (const id of ['a', 'b']) await ledger.transact([orderMessage(account, { id, channel: 'email', content }, NOW)]);
    await ledger.update(messageKey('acc-3', 'a'), { set: { withdrawnAt: '2026-11-01T00:15:00.000Z' } });

    const items = listIn((await list('/v1/accounts/acc-3/messages')).body);

    expect(items).toEqual([
      expect.not.objectContaining({ withdrawnAt: expect.anything() }),
      expect.objectContaining({ id: 'a', state: 'queued', withdrawnAt: '2026-11-01T00:15:00Z' }),
    ]);
  });

  it('are none at first', async () => {
    expect((await list('/v1/accounts/acc-2/messages')).body).toEqual({ items: [], next: null });
  });

  it('come newest first, in the contract’s shape', async () => {
    await order('thanks:acc-1-d1:email', NOW, { case: 'acc-1-d1', step: 'thanks' });
    await order('first-invoice:in_1:sms', NOW + MINUTE, {
      channel: 'sms',
      content: { template: 'first-invoice', invoice: 'in_1', total: '159.00', currency: 'SEK' },
    });

    const { status, body } = await list('/v1/accounts/acc-1/messages');

    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          id: 'first-invoice:in_1:sms',
          at: '2026-11-01T00:01:00Z',
          channel: 'sms',
          template: 'first-invoice',
          locale: 'sv',
          to: '+46701110000',
          state: 'queued',
          subject: null,
          case: null,
          step: null,
        },
        {
          id: 'thanks:acc-1-d1:email',
          at: '2026-11-01T00:00:00Z',
          channel: 'email',
          template: 'thanks',
          locale: 'sv',
          to: 'kim@example.com',
          state: 'queued',
          subject: null,
          case: 'acc-1-d1',
          step: 'thanks',
        },
      ],
      next: null,
    });
  });

  it('come page by page, each once, also where several are of one moment', async () => {
    for (const letter of ['a', 'b', 'c']) await order(`dunning:${letter}:notice:email`, NOW + 2 * MINUTE);

    const pages: unknown[][] = [];
    for (let cursor: unknown = ''; cursor !== null; ) {
      const { body } = await list(`/v1/accounts/acc-1/messages?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(listIn(body).map(({ id }) => id));
      cursor = body.next;
    }

    expect(pages).toEqual([
      ['dunning:c:notice:email', 'dunning:b:notice:email'],
      ['dunning:a:notice:email', 'first-invoice:in_1:sms'],
      ['thanks:acc-1-d1:email'],
    ]);
  });

  it.each([
    ['/v1/accounts/nobody/messages', 404, 'unknown-account'],
    ['/v1/accounts/acc-1/messages?limit=0', 400, 'invalid-query'],
    ['/v1/accounts/acc-1/messages?limit=501', 400, 'invalid-query'],
    ['/v1/accounts/acc-1/messages?cursor=nonsense', 400, 'invalid-cursor'],
    ['/v1/accounts/acc-1/messages?page=2', 400, 'invalid-query'],
  ])('%s is refused', async (path, status, code) => {
    expect(await list(path)).toMatchObject({ status, body: { code } });
  });
});

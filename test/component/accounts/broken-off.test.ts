import { describe, expect, it } from 'vitest';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { customerOf, invoiceTotals, itemsOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';
import { Mortality } from '#test/parts/mortal.ts';

const world = useAccountWorld();

// Calls to Stripe in this story: customer made (1) and described (2); subscription made (3); for the second line the
// subscription read (4) and changed (5).
const POINTS = [1, 2, 3, 4, 5].flatMap(nth => [
  { nth, when: 'before' as const },
  { nth, when: 'after' as const },
]);

type Request = (services: AccountServices) => Promise<unknown>;

function story(account: string, number: string): Request[] {
  return [
    services => putAccount(services, account, anAccount({ collection: 'invoice' })),
    services => putLine(services, account, 'a', aLine({ msisdn: `+467001${number}1` })),
    services => putLine(services, account, 'b', aLine({ msisdn: `+467001${number}2` })),
  ];
}

/** Runs the requests until the process dies at that call; answers those that nobody answered. */
async function dieAt(requests: readonly Request[], nth: number, when: 'before' | 'after'): Promise<readonly Request[]> {
  const mortality = new Mortality({ standsStill: true });
  mortality.diesAt(nth, when);
  const { customers, subscriptions } = world.services.provider;
  // Only what goes to Stripe is watched: an error would be handled, and a dead process gives no lease back.
  const provider = { customers: mortality.port(customers), subscriptions: mortality.port(subscriptions) };
  for (const [index, request] of requests.entries()) {
    const done = request({ ...world.services, provider }).then(() => 'answered');
    if ((await Promise.race([done, mortality.ended])) === 'dead') return requests.slice(index);
  }
  throw new Error('The story is over, and the call was never made.');
}

async function send(requests: readonly Request[]): Promise<void> {
  for (const request of requests) await request(world.services);
}

describe('a process that dies', () => {
  it.each(POINTS)('$when call $nth to Stripe leaves nothing that a repeat does not complete, once', async point => {
    // given
    const account = `acc-${point.nth}-${point.when}`;
    const number = `${point.nth}${point.when === 'before' ? 0 : 1}0`;
    const unanswered = await dieAt(story(account, number), point.nth, point.when);
    // when
    await send(unanswered);
    // then
    await expectOneOfEach(account);
    const customer = await customerOf(world, account);
    // Both lines for the whole of November: the first at once, the second with the next invoice.
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
    expect(await pendingTotal(customer)).toBe(15_900);
  });

  it('keeps other requests out until its lease is over', async () => {
    // given
    const [account = never, line = never] = story('acc-busy', '920');
    await account(world.services);
    await dieAt([line], 1, 'before');
    // when
    const other = () => putLine(world.services, 'acc-busy', 'b', aLine({ msisdn: '+467001920002' }));
    // then
    await expect(other()).rejects.toMatchObject({ code: 'busy', status: 429 });
    await world.moveTo('2026-11-01T00:01:15Z');
    await expect(other()).resolves.toEqual({ created: true, changed: [] });
  });

  it('after the customer was made is found out two days later, when Stripe has forgotten the identity', async () => {
    const unanswered = await dieAt(story('acc-late', '900'), 1, 'after');

    await world.moveTo('2026-11-03T00:00:00Z');
    await send(unanswered);

    await expectOneOfEach('acc-late');
  });

  it('after the subscription was made is found out two days later, when Stripe has forgotten the identity', async () => {
    const unanswered = await dieAt(story('acc-later', '910'), 3, 'after');

    await world.moveTo('2026-11-06T00:00:00Z');
    await send(unanswered);

    await expectOneOfEach('acc-later');
  });
});

async function never(): Promise<never> {
  throw new Error('The story has no such request.');
}

async function expectOneOfEach(account: string): Promise<void> {
  const customers = await Array.fromAsync(world.stripe.customers.list({ limit: 100 }));
  const ours = customers.filter(({ metadata }) => metadata.dunlin_account === account);
  expect(ours.map(({ id, email }) => [id, email])).toEqual([[await customerOf(world, account), 'billing@example.com']]);
  const customer = ours[0]?.id ?? '';
  expect((await world.stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
  expect(Object.fromEntries(await itemsOf(world, customer))).toMatchObject({ 'dunlin:mobile-10:fee:SEK': 2 });
}

async function pendingTotal(customer: string): Promise<number> {
  const items = (await world.stripe.invoiceItems.list({ customer, pending: true })).data;
  return items.reduce((sum, { amount }) => sum + amount, 0);
}

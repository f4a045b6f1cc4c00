import { describe, expect, it } from 'vitest';
import { findAccount, findLine } from '#shared/accounts/account-book.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { lineKey } from '#shared/accounts/records/subscriber-line.ts';
import { takeDue } from '#shared/platform/due.ts';
import { stripeBillingProvider } from '#shared/stripe/stripe-billing-provider.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf, invoiceTotals, itemsOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
// Nobody listens there.
const nowhere = stripeBillingProvider(async () => stripeClient('sk_test_local', 'http://127.0.0.1:9'));

describe('while Stripe cannot be reached', () => {
  it('an account is kept, answered as unavailable, and healed by the next request', async () => {
    // given
    const refused = putAccount({ ...world.services, provider: nowhere }, 'acc-1', anAccount());
    await expect(refused).rejects.toMatchObject({ status: 503, code: 'stripe-unreachable' });
    expect((await findAccount(world.services.ledger, 'acc-1'))?.stripeCustomer).toBeUndefined();
    // when
    const outcome = await putAccount(world.services, 'acc-1', anAccount());
    // then
    expect(outcome).toEqual({ created: false, changed: [] });
    expect((await findAccount(world.services.ledger, 'acc-1'))?.stripeCustomer).toMatch(/^cus_/);
  });

  it('a line is taken in as pending, tried again with back-off, and charged from its start', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-2');
    const down = { ...world.services, provider: nowhere };
    await putLine(down, 'acc-2', 'a', aLine({ msisdn: '+46700000401' }));
    expect(await findLine(world.services.ledger, 'acc-2', 'a')).toMatchObject({
      state: 'pending',
      failures: 1,
      wakeAt: '2026-11-01T00:01:00.000Z',
    });
    // when Stripe is back after the second attempt
    await world.moveTo('2026-11-01T00:01:00Z');
    await wake(down, 'acc-2', 'a');
    expect(await findLine(world.services.ledger, 'acc-2', 'a')).toMatchObject({
      failures: 2,
      wakeAt: '2026-11-01T00:03:00.000Z',
    });
    await world.moveTo('2026-11-01T00:03:00Z');
    await wake(world.services, 'acc-2', 'a');
    // then
    const line = await findLine(world.services.ledger, 'acc-2', 'a');
    expect(line).toMatchObject({ state: 'active', failures: 0 });
    expect(line?.wakeAt).toBeUndefined();
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });

  it('an old poke of a line that waits for nothing does nothing', async () => {
    await accountThatCanPay(world, 'acc-3');
    await putLine(world.services, 'acc-3', 'a', aLine({ msisdn: '+46700000402' }));
    world.forgetCalls();

    await finishLine(world.services, lineKey('acc-3', 'a'));

    expect(world.calls()).toEqual([]);
  });
});

describe('lines put at the same time', () => {
  it('are all there in the end, each counted once', async () => {
    const customer = await accountThatCanPay(world, 'acc-4');
    const wishes = ['a', 'b', 'c', 'd'].map((line, n) =>
      putLine(world.services, 'acc-4', line, aLine({ msisdn: `+4670000041${n}` })),
    );

    await Promise.all(wishes);

    expect(Object.fromEntries(await itemsOf(world, customer))).toMatchObject({ 'dunlin:mobile-10:fee:SEK': 4 });
    const subscriptions = await world.stripe.subscriptions.list({ customer: await customerOf(world, 'acc-4') });
    expect(subscriptions.data).toHaveLength(1);
  });
});

async function wake(services: typeof world.services, account: string, line: string): Promise<void> {
  const item = await findLine(services.ledger, account, line);
  await takeDue(services.ledger, lineKey(account, line), item?.wakeAt ?? '', services.clock());
  await finishLine(services, lineKey(account, line));
}

import { describe, expect, it } from 'vitest';
import { findAccount, findLine } from '#shared/accounts/account-book.ts';
import { latestPeriod } from '#shared/accounts/period-item.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { lineKey } from '#shared/accounts/records/subscriber-line.ts';
import { takeDue } from '#shared/platform/due.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { stripeBillingProvider } from '#shared/stripe/stripe-billing-provider.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf, invoiceTotals, itemsOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();

describe('a subscription that somebody changed at Stripe', () => {
  it('keeps its quantity, and the next line is added to it', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-hand');
    const line = aLine({ msisdn: '+46700000501' });
    await putLine(world.services, 'acc-hand', 'a', line);
    const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
    const fee = subscription?.items.data.find(item => item.quantity === 1);
    await world.stripe.subscriptionItems.update(fee?.id ?? '', { quantity: 7 });
    // when
    await putLine(world.services, 'acc-hand', 'a', line);
    const kept = Object.fromEntries(await itemsOf(world, customer));
    await putLine(world.services, 'acc-hand', 'b', aLine({ msisdn: '+46700000599' }));
    // then: 7 by hand, and one more line of ours
    expect(kept).toMatchObject({ 'dunlin:mobile-10:fee:SEK': 7 });
    expect(Object.fromEntries(await itemsOf(world, customer))).toMatchObject({ 'dunlin:mobile-10:fee:SEK': 8 });
  });

  it('is not made again when it was canceled: the line is pending, and one case is open', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-gone');
    const line = aLine({ msisdn: '+46700000502' });
    await putLine(world.services, 'acc-gone', 'a', line);
    const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
    await world.stripe.subscriptions.cancel(subscription?.id ?? '');
    // when
    await putLine(world.services, 'acc-gone', 'a', line);
    await putLine(world.services, 'acc-gone', 'a', line);
    // then
    const there = await findLine(world.services.ledger, 'acc-gone', 'a');
    expect(there?.state).toBe('pending');
    expect(there?.wakeAt).toBeUndefined();
    expect(await casesOf('acc-gone')).toEqual(['subscription-ended']);
    expect((await world.stripe.subscriptions.list({ customer, status: 'all' })).data).toHaveLength(1);
  });
});

describe('an account that is to be invoiced from now on', () => {
  it('has its subscription collected that way, without another invoice', async () => {
    const customer = await accountThatCanPay(world, 'acc-switch');
    await putLine(world.services, 'acc-switch', 'a', aLine({ msisdn: '+46700000503' }));

    await putAccount(world.services, 'acc-switch', anAccount({ collection: 'invoice' }));

    const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
    expect(subscription).toMatchObject({ collection_method: 'send_invoice', days_until_due: 30 });
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });
});

describe('the same request sent twice at the same time', () => {
  it('makes one line, one subscription and one invoice', async () => {
    const customer = await accountThatCanPay(world, 'acc-double');
    const put = () => putLine(world.services, 'acc-double', 'a', aLine({ msisdn: '+46700000504' }));

    const outcomes = await Promise.allSettled([put(), put()]);

    expect(outcomes.map(({ status }) => status)).toContain('fulfilled');
    expect(await findLine(world.services.ledger, 'acc-double', 'a')).toMatchObject({ state: 'active', place: 0 });
    expect((await findAccount(world.services.ledger, 'acc-double'))?.lines).toBe(1);
    expect((await world.stripe.subscriptions.list({ customer })).data).toHaveLength(1);
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });

  it('makes one account with one customer', async () => {
    const put = () => putAccount(world.services, 'acc-double-2', anAccount({ email: 'double@example.com' }));

    await Promise.allSettled([put(), put()]);

    expect((await world.stripe.customers.list({ email: 'double@example.com' })).data.map(({ id }) => id)).toEqual([
      await customerOf(world, 'acc-double-2'),
    ]);
  });
});

describe('a line that Stripe could not be told of before its period was over', () => {
  it('is billed from the next period on, and a case says from when it was not', async () => {
    // given an account whose period ends at midnight, and Stripe out of reach
    await world.moveTo('2026-11-30T23:00:00Z');
    await accountThatCanPay(world, 'acc-over');
    const nowhere = stripeBillingProvider(async () => stripeClient('sk_test_local', 'http://127.0.0.1:9'));
    await putLine({ ...world.services, provider: nowhere }, 'acc-over', 'a', aLine({ msisdn: '+46700000505' }));
    // when
    await world.moveTo('2026-12-01T06:00:00Z');
    await wake('acc-over', 'a');
    // then
    expect(await findLine(world.services.ledger, 'acc-over', 'a')).toMatchObject({ state: 'active' });
    expect(await latestPeriod(world.services.ledger, 'acc-over')).toMatchObject({
      start: Date.parse('2026-12-01T00:00:00Z'),
      billedFrom: Date.parse('2026-12-01T00:00:00Z'),
    });
    expect(await casesOf('acc-over')).toEqual(['line-billed-late']);
  });
});

async function casesOf(account: string): Promise<string[]> {
  const cases = await Array.fromAsync(openIncidents(world.services.ledger));
  return cases.filter(({ subject }) => subject.pk === `account#${account}`).map(({ code }) => code);
}

async function wake(account: string, line: string): Promise<void> {
  const { ledger, clock } = world.services;
  const item = await findLine(ledger, account, line);
  await takeDue(ledger, lineKey(account, line), item?.wakeAt ?? '', clock());
  await finishLine(world.services, lineKey(account, line));
}

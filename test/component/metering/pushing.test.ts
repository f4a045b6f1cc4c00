import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay, customerOf } from '#test/parts/account-looks.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld();
const NOVEMBER = '2026-11-01T00:00:00Z';
const DECEMBER = '2026-12-01T00:00:00Z';

describe('usage on its way to Stripe', () => {
  it('is rated once a day, sent as what is new, confirmed after the period, and found on the invoice', async () => {
    const customer = await accountThatCanPay(world.accounts, 'acc-1');
    const line = { msisdn: '+46700000001', plan: 'pay-as-you-go', from: NOVEMBER };
    await putLine(world.accounts.services, 'acc-1', 'line-1', aLine(line));
    const sms = (startedAt: string, count: number) => anSms({ line: '+46700000001', startedAt, count });

    await world.post(sms('2026-11-01T00:00:00Z', 3));
    await world.runTo('2026-11-03T00:00:00Z');
    const afterFirst = await world.metered(customer, NOVEMBER, DECEMBER);
    await world.post(sms('2026-11-03T00:00:00Z', 4));
    await world.runTo('2026-11-05T00:00:00Z');
    await world.runTo('2026-12-01T03:00:00Z');

    expect(afterFirst).toEqual(new Map([['dunlin_pay-as-you-go_sms_sek', 3]]));
    const sent = (await world.positions('acc-1', NOVEMBER)).get('dunlin:pay-as-you-go:sms:SEK');
    expect(sent).toMatchObject({ n: 2, acknowledged: 7n, confirmed: { value: 7n }, invoiced: 7n, target: 7n });
    expect(await world.period('acc-1', NOVEMBER)).toMatchObject({ state: 'closed', frozen: { records: 2 } });
    expect(await world.period('acc-1', DECEMBER)).toMatchObject({ state: 'open', billedFrom: Date.parse(DECEMBER) });
    expect(await world.cases()).toEqual([]);
    // 7 × 1.20 SEK and the next month's fee of 19.00 SEK
    const [invoice] = (await world.accounts.stripe.invoices.list({ customer })).data;
    expect(invoice).toMatchObject({ status: 'paid', total: 2_740 });
  });

  it('of a line whose first invoice is unpaid stays open, and goes out when there is a way to pay', async () => {
    const from = '2026-12-01T03:00:00Z';
    await putAccount(world.accounts.services, 'acc-2', anAccount());
    const line = { msisdn: '+46700000002', plan: 'pay-as-you-go', from };
    await putLine(world.accounts.services, 'acc-2', 'line-1', aLine(line));
    const customer = await customerOf(world.accounts, 'acc-2');
    await world.post(anSms({ line: '+46700000002', startedAt: from, count: 5 }));

    await world.runTo('2026-12-03T00:00:00Z');
    const pending = await world.positions('acc-2', DECEMBER);
    await giveCard(world.accounts, customer);
    await world.runTo('2026-12-05T00:00:00Z');

    expect(pending.size).toBe(0);
    const sent = (await world.positions('acc-2', DECEMBER)).get('dunlin:pay-as-you-go:sms:SEK');
    expect(sent).toMatchObject({ n: 1, acknowledged: 5n });
    expect(await world.metered(customer, DECEMBER, '2027-01-01T00:00:00Z')).toEqual(
      new Map([['dunlin_pay-as-you-go_sms_sek', 5]]),
    );
  });

  it('of a subscription that somebody ends at Stripe is not taken back', async () => {
    const customer = await accountThatCanPay(world.accounts, 'acc-3');
    const from = '2026-12-05T00:00:00Z';
    const line = aLine({ msisdn: '+46700000003', plan: 'pay-as-you-go', from });
    await putLine(world.accounts.services, 'acc-3', 'line-1', line);
    await world.post(anSms({ line: '+46700000003', startedAt: from, count: 5 }));
    await world.runTo('2026-12-07T00:00:00Z');

    const [subscription] = (await world.accounts.stripe.subscriptions.list({ customer })).data;
    await world.accounts.stripe.subscriptions.cancel(subscription?.id ?? '');
    await putLine(world.accounts.services, 'acc-3', 'line-1', line);
    const told = await findLine(world.accounts.tables.ledger, 'acc-3', 'line-1');
    await world.runTo('2027-01-01T00:10:00Z');

    expect(told?.state).toBe('pending');
    const sent = (await world.positions('acc-3', DECEMBER)).get('dunlin:pay-as-you-go:sms:SEK');
    expect(sent).toMatchObject({ n: 1, acknowledged: 5n });
    expect(await world.period('acc-3', DECEMBER)).toMatchObject({ frozen: { records: 1 } });
  });
});

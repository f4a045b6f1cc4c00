import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { latestPeriod } from '#shared/accounts/period-item.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { accountKey } from '#shared/accounts/records/account-item.ts';
import { lineKey } from '#shared/accounts/records/subscriber-line.ts';
import { takeDue } from '#shared/platform/due.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf, invoiceTotals, itemsOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
const at = Date.parse;

describe('an account of 10 000 lines', () => {
  it('takes no further one, and says where it belongs', async () => {
    const ledger = world.services.ledger;
    await putAccount(world.services, 'fleet', anAccount());
    // Those that ended count: their histories are read with the others.
    await ledger.update(accountKey('fleet'), { set: { lines: 10_000 } });

    await expect(putLine(world.services, 'fleet', 'one-more', aLine({ msisdn: '+46700009999' }))).rejects.toMatchObject(
      { code: 'too-many-lines', status: 422 },
    );
    expect(await findLine(ledger, 'fleet', 'one-more')).toBeUndefined();
  });
});

describe('the first line of an account', () => {
  it('from the first moment of the period is charged the whole fee and opens the whole period', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-1');
    // when
    const outcome = await putLine(world.services, 'acc-1', 'line-1', aLine({ msisdn: '+46700000001' }));
    // then
    expect(outcome).toEqual({ created: true, changed: [] });
    expect(await findLine(world.services.ledger, 'acc-1', 'line-1')).toMatchObject({ state: 'active', billed: true });
    expect(await latestPeriod(world.services.ledger, 'acc-1')).toMatchObject({
      start: at('2026-11-01T00:00:00Z'),
      end: at('2026-12-01T00:00:00Z'),
      billedFrom: at('2026-11-01T00:00:00Z'),
      state: 'open',
      wakeAt: '2026-12-01T00:05:00.000Z',
    });
    // 159.00 SEK for one line and a whole month
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });

  it('has all that the plan can be billed for as items from the start', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-items');
    // when
    await putLine(world.services, 'acc-items', 'line-1', aLine({ msisdn: '+46700000002' }));
    // then
    expect(await itemsOf(world, customer)).toEqual([
      ['dunlin:deployment:amount-calls:SEK', undefined],
      ['dunlin:deployment:amount-roaming:SEK', undefined],
      ['dunlin:mobile-10:data-extra:SEK', undefined],
      ['dunlin:mobile-10:data-roaming:SEK', undefined],
      ['dunlin:mobile-10:fee:SEK', 1],
      ['dunlin:mobile-10:mms:SEK', undefined],
      ['dunlin:mobile-10:sms:SEK', undefined],
    ]);
  });

  it('is asked for twice and made once', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-twice');
    const line = aLine({ msisdn: '+46700000003' });
    await putLine(world.services, 'acc-twice', 'line-1', line);
    const before = await findLine(world.services.ledger, 'acc-twice', 'line-1');
    // when
    const outcome = await putLine(world.services, 'acc-twice', 'line-1', line);
    // then
    expect(outcome).toEqual({ created: false, changed: [] });
    expect(await findLine(world.services.ledger, 'acc-twice', 'line-1')).toEqual(before);
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });

  it('waits as pending while its first invoice is unpaid, and is made again once there is a way to pay', async () => {
    // given an account without a card
    await putAccount(world.services, 'acc-poor', anAccount());
    await putLine(world.services, 'acc-poor', 'line-1', aLine({ msisdn: '+46700000004' }));
    expect(await findLine(world.services.ledger, 'acc-poor', 'line-1')).toMatchObject({
      state: 'pending',
      wakeAt: '2026-11-01T01:00:00.000Z',
    });
    expect(await latestPeriod(world.services.ledger, 'acc-poor')).toBeUndefined();
    // when Stripe gives the first invoice up, and then a card comes
    await world.moveTo('2026-11-02T06:00:00Z');
    await wakeLine('acc-poor', 'line-1');
    expect(await findLine(world.services.ledger, 'acc-poor', 'line-1')).toMatchObject({ state: 'pending' });
    const customer = await customerOf(world, 'acc-poor');
    await giveCard(world, customer);
    await world.moveTo('2026-11-02T07:00:00Z');
    await wakeLine('acc-poor', 'line-1');
    // then it is charged from its start
    const line = await findLine(world.services.ledger, 'acc-poor', 'line-1');
    expect(line).toMatchObject({ state: 'active', failures: 0 });
    expect(line?.wakeAt).toBeUndefined();
    expect(await latestPeriod(world.services.ledger, 'acc-poor')).toMatchObject({
      billedFrom: at('2026-11-01T00:00:00Z'),
    });
    expect(await invoiceTotals(world, customer)).toEqual([15_900, 15_900]);
    const states = (await world.stripe.invoices.list({ customer })).data.map(({ status }) => status);
    expect(states).toEqual(['paid', 'void']);
  });

  it('has its first invoice paid when a payment method comes while Stripe still waits for one', async () => {
    // given a first invoice that nobody could pay, and then a card that declines
    await putAccount(world.services, 'acc-soon', anAccount());
    await putLine(world.services, 'acc-soon', 'line-1', aLine({ msisdn: '+46700000007' }));
    const customer = await customerOf(world, 'acc-soon');
    await giveCard(world, customer, 'pm_card_chargeCustomerFail');
    await wakeLine('acc-soon', 'line-1');
    expect(await findLine(world.services.ledger, 'acc-soon', 'line-1')).toMatchObject({ state: 'pending' });
    // when
    await giveCard(world, customer);
    await wakeLine('acc-soon', 'line-1');
    // then
    expect(await findLine(world.services.ledger, 'acc-soon', 'line-1')).toMatchObject({ state: 'active', failures: 0 });
    expect((await world.stripe.invoices.list({ customer })).data.map(({ status }) => status)).toEqual(['paid']);
  });

  it('is not tried again and again with a card that declines', async () => {
    // given
    await putAccount(world.services, 'acc-declined', anAccount());
    const customer = await customerOf(world, 'acc-declined');
    await giveCard(world, customer, 'pm_card_chargeCustomerFail');
    await putLine(world.services, 'acc-declined', 'line-1', aLine({ msisdn: '+46700000006' }));
    // when its moment comes on five days
    for (const day of ['03', '04', '05', '06', '07']) {
      await world.moveTo(`2026-11-${day}T12:00:00Z`);
      await wakeLine('acc-declined', 'line-1');
    }
    // then Stripe's own try was the only one
    expect(await findLine(world.services.ledger, 'acc-declined', 'line-1')).toMatchObject({ state: 'pending' });
    expect(await invoiceTotals(world, customer)).toHaveLength(1);
    // and with another card it is made once more, and lives
    await giveCard(world, customer);
    await world.moveTo('2026-11-07T13:00:00Z');
    await wakeLine('acc-declined', 'line-1');
    expect(await findLine(world.services.ledger, 'acc-declined', 'line-1')).toMatchObject({ state: 'active' });
    expect(await invoiceTotals(world, customer)).toHaveLength(2);
  });

  it('of an account that is invoiced is active without a card', async () => {
    await putAccount(world.services, 'acc-invoice', anAccount({ collection: 'invoice' }));

    await putLine(world.services, 'acc-invoice', 'line-1', aLine({ msisdn: '+46700000005' }));

    expect(await findLine(world.services.ledger, 'acc-invoice', 'line-1')).toMatchObject({ state: 'active' });
  });
});

describe('further lines of an account', () => {
  it('on the same plan raise its quantity, on another plan add what is missing', async () => {
    // given
    const customer = await accountThatCanPay(world, 'acc-more');
    await putLine(world.services, 'acc-more', 'a', aLine({ msisdn: '+46700000010' }));
    // when
    await putLine(world.services, 'acc-more', 'b', aLine({ msisdn: '+46700000011' }));
    await putLine(world.services, 'acc-more', 'c', aLine({ msisdn: '+46700000012', plan: 'pay-as-you-go' }));
    // then
    const quantities = Object.fromEntries(await itemsOf(world, customer));
    expect(quantities).toMatchObject({ 'dunlin:mobile-10:fee:SEK': 2, 'dunlin:pay-as-you-go:fee:SEK': 1 });
    expect(Object.keys(quantities)).toHaveLength(
      // mobile-10: fee, sms, mms, two of data; pay-as-you-go: the same; calls and roaming are shared
      5 + 5 + 2,
    );
    expect(await findLine(world.services.ledger, 'acc-more', 'c')).toMatchObject({ state: 'active', place: 2 });
  });
});

/** What the sweeper and the rating function do when the line's moment has come. */
async function wakeLine(account: string, line: string): Promise<void> {
  const key = lineKey(account, line);
  const item = await findLine(world.services.ledger, account, line);
  await takeDue(world.services.ledger, key, item?.wakeAt ?? '', world.services.clock());
  await finishLine(world.services, key);
}

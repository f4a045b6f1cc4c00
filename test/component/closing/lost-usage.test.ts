import { expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const SMS = 'dunlin:pay-as-you-go:sms:SEK';
const LINE = '+46700000001';
const START = '2026-11-01T00:00:00Z';
const LAST_DAY = '2026-11-30T00:00:00Z';

it('usage that the meter took and does not count is sent once more while the invoice is a draft', async () => {
  // given
  await world.accounts.moveTo(LAST_DAY);
  const customer = await accountThatCanPay(world.accounts, 'acc-1');
  const line = aLine({ msisdn: LINE, plan: 'pay-as-you-go', from: LAST_DAY });
  await putLine(world.accounts.services, 'acc-1', 'a', line);
  await world.post(
    anSms({ line: LINE, startedAt: LAST_DAY, count: 2, id: 'one' }),
    anSms({ line: LINE, startedAt: LAST_DAY, count: 2, id: 'two' }),
  );
  const newestInvoice = async () => (await world.accounts.stripe.invoices.list({ customer })).data[0];
  world.wire.meterEvents('swallowed');
  // when
  await world.runTo('2026-12-01T03:00:00Z');
  const waiting = await newestInvoice();
  await world.runTo('2026-12-01T12:00:00Z');
  // then: 4 × 1.20 SEK, and 19.00 SEK for December
  expect(waiting).toMatchObject({ status: 'draft', auto_advance: false });
  expect(await newestInvoice()).toMatchObject({ status: 'paid', total: 2_380 });
  expect((await world.positions('acc-1', START)).get(SMS)).toMatchObject({ acknowledged: 4n, invoiced: 4n });
  expect(await world.period('acc-1', START)).toMatchObject({ state: 'closed' });
  expect(await world.cases()).toEqual([]);
});

it('usage that the meter loses again waits for a person, and is not sent a third time', async () => {
  // given
  await world.accounts.moveTo('2026-12-31T00:00:00Z');
  const customer = await accountThatCanPay(world.accounts, 'acc-2');
  const line = aLine({ msisdn: '+46700000002', plan: 'pay-as-you-go', from: '2026-12-31T00:00:00Z' });
  await putLine(world.accounts.services, 'acc-2', 'a', line);
  await world.post(anSms({ line: '+46700000002', startedAt: '2026-12-31T00:00:00Z', count: 2, id: 'three' }));
  world.wire.meterEvents('swallowed', 'swallowed');
  // when
  await world.runTo('2027-01-01T23:00:00Z');
  // then: the invoice has gone out at its deadline without the messages; 19.00 SEK for January
  const [invoice] = (await world.accounts.stripe.invoices.list({ customer })).data;
  expect(invoice).toMatchObject({ status: 'paid', total: 1_900 });
  expect(await world.metered(customer, '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual(new Map());
  expect((await world.cases()).map(({ code }) => code).sort()).toEqual(['numbers-differ', 'summaries-differ']);
});

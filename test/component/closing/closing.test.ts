import { beforeAll, describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { readManifest } from '#shared/invoicing/frozen/frozen-object.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms, aVoid } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const NOVEMBER = '2026-11-01T00:00:00Z';
const DECEMBER = '2026-12-01T00:00:00Z';
const SMS = 'dunlin:pay-as-you-go:sms:SEK';
let made = 0;

/** An account with a line from now on, on its billing day. */
async function anAccount(billingStart = printInstant(world.now())) {
  const number = ++made;
  const account = `acc-${number}`;
  const line = `+4670000${String(number).padStart(4, '0')}`;
  const customer = await accountThatCanPay(world.accounts, account);
  await putLine(
    world.accounts.services,
    account,
    'a',
    aLine({ msisdn: line, plan: 'pay-as-you-go', from: billingStart }),
  );
  return {
    account,
    customer,
    sms: (startedAt: string, count: number, id?: string) =>
      anSms({ line, startedAt, count, ...(id !== undefined && { id }) }),
    period: (start: string) => world.period(account, start),
    position: async (start: string) => (await world.positions(account, start)).get(SMS),
    counted: async (start: string, end: string) => Object.fromEntries(await world.metered(customer, start, end)),
  };
}

describe('the end of a period', () => {
  beforeAll(() => world.accounts.moveTo('2026-11-29T00:00:00Z'));

  it('with `push: gate` is when everything is sent at once; what comes later is late and moves nothing', async () => {
    const { customer, sms, period, position, counted } = await anAccount();
    const silent = await anAccount();
    const voidedLater = sms('2026-11-29T10:00:00Z', 2, 'voided-later');
    const voidedBefore = sms('2026-11-29T11:00:00Z', 9, 'voided-before');
    await world.runTo('2026-11-30T00:00:00Z');
    await world.post(voidedLater, voidedBefore, aVoid(voidedBefore), sms('2026-11-29T12:00:00Z', 3, 'in-time'));

    await world.runTo(DECEMBER);
    const before = await counted(NOVEMBER, DECEMBER);
    await world.runTo('2026-12-01T00:30:00Z');
    await world.post(sms('2026-11-30T23:59:59Z', 7, 'too-late'), aVoid(voidedLater), sms(DECEMBER, 1, 'next'));
    await world.runTo('2026-12-03T00:00:00Z');

    expect(before).toEqual({});
    expect(await counted(NOVEMBER, DECEMBER)).toEqual({ 'dunlin_pay-as-you-go_sms_sek': 5 });
    expect(await position(NOVEMBER)).toMatchObject({ n: 1, acknowledged: 5n, invoiced: 5n, confirmed: { value: 5n } });
    expect(await position(DECEMBER)).toBeUndefined();
    const closed = await period(NOVEMBER);
    expect(closed).toMatchObject({ state: 'closed', frozen: { records: 3 } });
    const manifest = await readManifest(world.services.metering.manifests, closed?.frozen?.manifest ?? '');
    expect([...manifest]).toEqual(['!msc-1/voided-before', 'msc-1/in-time', 'msc-1/voided-later']);
    // 5 × 1.20 SEK, and 19.00 SEK for December
    const [invoice] = (await world.accounts.stripe.invoices.list({ customer })).data;
    expect(invoice?.total).toBe(2_500);
    expect(await silent.period(NOVEMBER)).toMatchObject({ state: 'closed', frozen: { records: 0, targets: {} } });
    expect(await silent.period(DECEMBER)).toMatchObject({ state: 'open', billedFrom: Date.parse(DECEMBER) });
    expect(await world.cases()).toEqual([]);
  });

  it('waits for a Stripe that is down, and the four numbers still agree', async () => {
    await world.accounts.moveTo('2027-01-30T00:00:00Z');
    const { sms, period, position } = await anAccount();
    await world.post(sms('2027-01-30T00:00:00Z', 4));
    await world.runTo('2027-02-01T00:00:00Z');

    await world.wire.down(true);
    await world.runTo('2027-02-01T00:40:00Z');
    const meanwhile = await period('2027-01-01T00:00:00Z');
    await world.wire.down(false);
    await world.runTo('2027-02-01T04:00:00Z');

    expect(meanwhile).toMatchObject({ state: 'open', frozen: { records: 1 }, nextOpened: false });
    expect(await period('2027-01-01T00:00:00Z')).toMatchObject({ state: 'closed' });
    expect(await position('2027-01-01T00:00:00Z')).toMatchObject({ acknowledged: 4n, invoiced: 4n });
  });

  it('whose usage reaches Stripe after its invoice is a case with all four numbers', async () => {
    await world.accounts.moveTo('2027-02-27T00:00:00Z');
    const { account, sms, period, position } = await anAccount();
    await world.post(sms('2027-02-27T00:00:00Z', 4));
    await world.runTo('2027-03-01T00:00:00Z');

    await world.wire.down(true);
    await world.runTo('2027-03-01T02:00:00Z');
    await world.wire.down(false);
    await world.runTo('2027-03-01T08:00:00Z');

    expect(await period('2027-02-01T00:00:00Z')).toMatchObject({ state: 'closed' });
    expect(await position('2027-02-01T00:00:00Z')).toMatchObject({ acknowledged: 4n, invoiced: 0n });
    const [opened] = (await world.cases()).filter(({ subject }) => subject.pk === `account#${account}`);
    expect(opened?.code).toBe('numbers-differ');
    expect(Object.values(opened?.detail ?? {})).toEqual(['rated 4, acknowledged 4, confirmed 4, invoiced 0']);
  });

  it('that nobody looked at for months is made up for, period by period', async () => {
    const { period } = await anAccount();

    await world.accounts.moveTo('2027-06-01T12:00:00Z');
    await world.runTo('2027-06-01T13:00:00Z');

    for (const month of ['03', '04', '05']) {
      expect(await period(`2027-${month}-01T00:00:00Z`)).toMatchObject({ state: 'closed' });
    }
    expect(await period('2027-06-01T00:00:00Z')).toMatchObject({
      state: 'open',
      end: Date.parse('2027-07-01T00:00:00Z'),
    });
  });
});

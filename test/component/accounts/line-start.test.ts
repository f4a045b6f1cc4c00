import { beforeAll, describe, expect, it } from 'vitest';
import { latestPeriod } from '#shared/accounts/period-item.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, invoiceTotals } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
const at = Date.parse;

// November has 30 days; mobile-10 costs 159.00 SEK a month.
beforeAll(() => world.moveTo('2026-11-16T00:00:00Z'));

describe('the start of a line', () => {
  it('now, inside the period, is charged for the rest of it', async () => {
    const customer = await accountThatCanPay(world, 'acc-now');

    await putLine(world.services, 'acc-now', 'a', aLine({ msisdn: '+46700000201' }));

    // 15 of 30 days: 159.00 / 2
    expect(await invoiceTotals(world, customer)).toEqual([7_950]);
    expect(await latestPeriod(world.services.ledger, 'acc-now')).toMatchObject({
      start: at('2026-11-01T00:00:00Z'),
      end: at('2026-12-01T00:00:00Z'),
      billedFrom: at('2026-11-16T00:00:00Z'),
    });
  });

  it('of an account’s first line, earlier in the period, is charged from then on', async () => {
    const customer = await accountThatCanPay(world, 'acc-back');

    await putLine(world.services, 'acc-back', 'a', aLine({ msisdn: '+46700000202', from: '2026-11-11T00:00:00Z' }));

    // 20 of 30 days: 159.00 × 2/3
    expect(await invoiceTotals(world, customer)).toEqual([10_600]);
    expect(await latestPeriod(world.services.ledger, 'acc-back')).toMatchObject({
      billedFrom: at('2026-11-11T00:00:00Z'),
    });
  });

  it('of a further line, earlier in the period, is prorated from then on', async () => {
    const customer = await accountThatCanPay(world, 'acc-add');
    await putLine(world.services, 'acc-add', 'a', aLine({ msisdn: '+46700000203', from: '2026-11-01T00:00:00Z' }));

    await putLine(world.services, 'acc-add', 'b', aLine({ msisdn: '+46700000204', from: '2026-11-13T00:00:00Z' }));

    // The first line paid its month at once; 18 of 30 days of the second wait for the next invoice: 159.00 × 0.6
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
    const pending = (await world.stripe.invoiceItems.list({ customer, pending: true })).data;
    expect(pending.reduce((sum, { amount }) => sum + amount, 0)).toBe(9_540);
  });

  it.each([
    ['before the current period', '2026-10-31T23:59:59Z'],
    ['in the future', '2026-11-16T00:00:01Z'],
  ])('%s is not supported yet, and says so', async (_, from) => {
    await putAccount(world.services, 'acc-refused', anAccount());

    const refused = putLine(world.services, 'acc-refused', 'a', aLine({ msisdn: '+46700000205', from }));

    await expect(refused).rejects.toMatchObject({ code: 'not-yet-supported', status: 422 });
  });

  it('before that of the account’s first line is refused: nothing could be billed for that time', async () => {
    await accountThatCanPay(world, 'acc-first');
    await putLine(world.services, 'acc-first', 'a', aLine({ msisdn: '+46700000206' }));

    const earlier = aLine({ msisdn: '+46700000207', from: '2026-11-10T00:00:00Z' });

    await expect(putLine(world.services, 'acc-first', 'b', earlier)).rejects.toMatchObject({
      code: 'not-yet-supported',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { settleIncident } from '#shared/metering/settle-incident.ts';
import { incidentId } from '#shared/platform/incident.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

let mostRecords = 3;
const world = useMeteringWorld({ mostRecords: () => mostRecords });
const NOVEMBER = '2026-11-01T00:00:00Z';
const DECEMBER = '2026-12-01T00:00:00Z';

/** An account that sends so many messages, 2 SMS each, on 29 November. */
async function anAccountWith(account: string, number: string, messages: number) {
  const customer = await accountThatCanPay(world.accounts, account);
  const from = printInstant(world.now());
  await putLine(world.accounts.services, account, 'a', aLine({ msisdn: number, plan: 'pay-as-you-go', from }));
  const records = Array.from({ length: messages }, (_, n) =>
    anSms({ line: number, startedAt: '2026-11-29T01:00:00Z', count: 2, id: `${account}-${n}` }),
  );
  return {
    records,
    invoice: async () => (await world.accounts.stripe.invoices.list({ customer })).data[0],
    cases: async () => (await world.cases()).filter(({ subject }) => subject.pk === `account#${account}`),
  };
}

describe('a period with more records than are rated at once', () => {
  it('is told before it ends, keeps its invoice from going out, and is billed when there is room', async () => {
    await world.accounts.moveTo('2026-11-29T00:00:00Z');
    const fits = await anAccountWith('fits', '+46700000001', 3);
    const large = await anAccountWith('large', '+46700000002', 4);
    await world.runTo('2026-11-29T01:00:00Z');
    await world.post(...fits.records, ...large.records);

    await world.runTo('2026-11-30T12:00:00Z');
    expect(await fits.cases()).toEqual([]);
    expect(await large.cases()).toMatchObject([{ code: 'period-grows-large', detail: { most: '3' } }]);

    await world.runTo('2026-12-05T00:00:00Z');
    // 6 × 1.20 SEK, and 19.00 SEK for December
    expect(await fits.invoice()).toMatchObject({ status: 'paid', total: 2_620 });
    expect(await large.invoice()).toMatchObject({ status: 'draft', auto_advance: false });
    expect((await large.cases()).map(({ code }) => code)).toEqual(['period-too-large', 'period-grows-large']);
    expect(await world.period('large', NOVEMBER)).toMatchObject({ state: 'open', nextOpened: true });
    expect(await world.period('large', DECEMBER)).toMatchObject({ state: 'open' });

    // Driven in vain: told again.
    const drive = async () => {
      const [open] = await large.cases();
      if (open === undefined) throw new Error('There is no case.');
      await settleIncident({ table: world.accounts.services.ledger, clock: world.now }, incidentId(open), {
        drive: true,
      });
    };
    await drive();
    await world.runTo('2026-12-05T00:10:00Z');
    expect((await large.cases()).map(({ code }) => code)).toEqual(['period-too-large', 'period-grows-large']);

    mostRecords = 4;
    await drive();
    await world.runTo('2026-12-05T04:00:00Z');
    // 8 × 1.20 SEK, and 19.00 SEK for December
    expect(await large.invoice()).toMatchObject({ status: 'paid', total: 2_860 });
    expect(await world.period('large', NOVEMBER)).toMatchObject({ state: 'closed', frozen: { records: 4 } });
    expect((await large.cases()).map(({ code }) => code)).toEqual(['period-grows-large']);
  });
});

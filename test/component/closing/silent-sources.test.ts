import { describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const LINE = '+46700000001';

describe('an invoice of usage that a source is expected to report past the period’s end', () => {
  it('waits for the source, and bills what it brings', async () => {
    const { customer, invoice, period, cases } = await anAccount();
    await expectSource();
    await world.post(anSms({ line: LINE, startedAt: '2026-11-30T00:00:00Z', count: 4, id: 'one' }));

    await world.runTo('2026-12-01T03:00:00Z');
    const held = { invoice: await invoice(), period: await period('2026-11'), cases: await cases() };
    await world.post(anSms({ line: LINE, startedAt: '2026-11-30T23:59:00Z', count: 2, id: 'two' }));
    await reported('2026-11-30T23:45:00Z');
    await world.runTo('2026-12-01T05:00:00Z');
    const frozenBefore = (await period('2026-11'))?.frozen;
    await reported('2026-12-01T00:00:00Z');
    await world.runTo('2026-12-01T10:00:00Z');

    expect(held.invoice).toMatchObject({
      customer,
      status: 'draft',
      auto_advance: false,
      description: 'Usage of Example AB, 30 November 2026',
    });
    // What it is billed from is still open.
    expect(held.invoice.custom_fields?.map(({ name }) => name)).toEqual(['Account number', 'Usage period']);
    expect(held.period).toMatchObject({ state: 'open', nextOpened: true });
    expect(held.period?.frozen).toBeUndefined();
    expect(frozenBefore).toBeUndefined();
    // 6 × 1.20 SEK, and 19.00 SEK for December
    expect(await invoice()).toMatchObject({ status: 'paid', total: 2_620, custom_fields: { length: 4 } });
    expect(await period('2026-11')).toMatchObject({ state: 'closed', frozen: { records: 2 } });
    expect([held.cases, await cases()]).toEqual([[], []]);
  });

  it('goes without a source that stays silent, early enough for what is there, and that is a case', async () => {
    const { invoice, period, cases } = accountLooks();
    await world.runTo('2026-12-30T12:00:00Z');
    await world.post(anSms({ line: LINE, startedAt: '2026-12-30T12:00:00Z', count: 1, id: 'three' }));

    await world.runTo('2027-01-01T17:55:00Z');
    const held = { invoice: await invoice(), cases: await cases() };
    await world.runTo('2027-01-01T21:00:00Z');

    expect(held).toMatchObject({ invoice: { status: 'draft', auto_advance: false }, cases: [] });
    // 1 × 1.20 SEK, and 19.00 SEK for January
    expect(await invoice()).toMatchObject({ status: 'paid', total: 2_020 });
    expect(await period('2026-12')).toMatchObject({ state: 'closed', frozen: { records: 1 } });
    expect(await cases()).toEqual([{ code: 'source-silent', detail: { sources: 'msc-1' } }]);
  });
});

function accountLooks() {
  return {
    invoice: async () => {
      const [newest] = (await world.accounts.stripe.invoices.list({ limit: 1 })).data;
      if (newest?.billing_reason !== 'subscription_cycle') throw new Error('The period has no invoice yet.');
      return newest;
    },
    period: (month: string) => world.period('acc-1', `${month}-01T00:00:00Z`),
    cases: async () => (await world.cases()).map(({ code, detail }) => ({ code, detail })),
  };
}

/** On pay-as-you-go from the last day of November. */
async function anAccount() {
  await world.accounts.moveTo('2026-11-30T00:00:00Z');
  const customer = await accountThatCanPay(world.accounts, 'acc-1');
  const from = printInstant(world.now());
  await putLine(world.accounts.services, 'acc-1', 'a', aLine({ msisdn: LINE, plan: 'pay-as-you-go', from }));
  return { customer, ...accountLooks() };
}

/** `msc-1` is expected to report past the end of each period. */
async function expectSource(): Promise<void> {
  const { catalogStore } = world.accounts;
  const before = await catalogStore.versionAt(world.now());
  if (before === undefined) throw new Error('The sample catalog is published.');
  const sources = [
    { name: 'msc-1', expects: true },
    { name: 'tap', expects: false },
  ];
  await catalogStore.put({ ...before, effectiveFrom: world.now(), sources }, undefined, world.now());
}

function reported(through: string): Promise<void> {
  return new SourceWatermarks(world.accounts.tables.ledger).advance('msc-1', Date.parse(through));
}

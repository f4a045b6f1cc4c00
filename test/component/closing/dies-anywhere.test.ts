import { describe, expect, it } from 'vitest';
import { takeWakeUps } from '#functions/rating/take-wake-ups.ts';
import { periodKey } from '#shared/accounts/period-item.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { addCharge } from '#shared/adjustments/add-adjustments.ts';
import { BillItem, billItemKey } from '#shared/invoicing/objects/bill-item.ts';
import { DueFields, takeDue } from '#shared/platform/due.ts';
import { printInstant, SECOND } from '#shared/platform/instant.ts';
import { type Key, Table } from '#shared/platform/table.ts';
import { wakeUpFor } from '#shared/platform/wake-up.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';
import { Mortality } from '#test/parts/mortal.ts';
import { clientAt } from '#test/parts/tables.ts';

const world = useMeteringWorld({ push: 'gate' });
const NOVEMBER = '2026-11-01T00:00:00Z';
const DECEMBER = '2026-12-01T00:00:00Z';

describe('closing a period by a process that dies', () => {
  /** The rating function's services as one mortal process has them. */
  function mortal() {
    const mortality = new Mortality();
    const { metering, ...rest } = world.services;
    const table = new Table(mortality.watch(clientAt(world.accounts.tables.address)), 'ledger');
    const services = {
      ...rest,
      metering: {
        ...metering,
        table,
        meters: mortality.port(metering.meters),
        subscriptions: mortality.port(metering.subscriptions),
        invoices: mortality.port(metering.invoices),
        drafts: mortality.port(metering.drafts),
        manifests: mortality.port(metering.manifests),
      },
    };
    return { mortality, services };
  }

  async function accountWithThreeSms(number: number) {
    const account = `acc-${number}`;
    const line = `+4670000${String(number).padStart(4, '0')}`;
    const customer = await accountThatCanPay(world.accounts, account);
    const from = printInstant(world.now());
    await putLine(world.accounts.services, account, 'a', aLine({ msisdn: line, plan: 'pay-as-you-go', from }));
    await world.post(anSms({ line, startedAt: from, count: 3 }));
    const adding = { account: { account, currency: 'SEK' }, identity: 'sim', now: world.now() };
    const sim = { label: 'SIM card', amount: '10.00', currency: undefined, section: 'one-off' as const };
    await addCharge(world.accounts.tables.ledger, adding, sim);
    return { account, customer, key: periodKey(account, Date.parse(NOVEMBER)) };
  }

  it('ends as if nothing had happened, at whichever call it died', { timeout: 180_000 }, async () => {
    await world.accounts.moveTo('2026-11-30T12:00:00Z');
    const { mortality, services } = mortal();
    const closing = deathsAt(CALLS_TO_CLOSE);
    const reconciling = deathsAt(CALLS_TO_RECONCILE);
    const [undisturbed, ...accounts] = await inTurn([...closing.keys(), closing.length], accountWithThreeSms);
    if (undisturbed === undefined) throw new Error('There is an account.');
    const run = async ({ key }: { readonly key: Key }, death?: Death) => {
      if (death === undefined) mortality.lives();
      else mortality.diesAt(death.call, death.moment);
      const { wakeAt = '' } = (await world.accounts.tables.ledger.get(key, DueFields)) ?? {};
      await takeDue(world.accounts.tables.ledger, key, wakeAt, world.now());
      const outcome = (await takeWakeUps([{ id: '1', content: wakeUpFor(key) }], services)).get('1');
      return { status: outcome?.status, calls: mortality.calls };
    };

    await world.accounts.moveTo('2026-12-01T00:05:00Z');
    const closed = await run(undisturbed);
    const deathsOfClosing = await inTurn(accounts, (account, index) => run(account, closing[index]));
    await world.runTo('2026-12-01T01:30:00Z');
    await world.accounts.moveTo('2026-12-01T02:00:00Z');
    const reconciled = await run(undisturbed);
    const deathsOfReconciling = await inTurn(reconciling, (death, index) => run(accounts[index] ?? undisturbed, death));
    await world.runTo('2026-12-01T03:00:00Z');

    expect([closed, reconciled]).toEqual([
      { status: 'fulfilled', calls: CALLS_TO_CLOSE },
      { status: 'fulfilled', calls: CALLS_TO_RECONCILE },
    ]);
    const died = [...deathsOfClosing, ...deathsOfReconciling];
    expect(died.map(({ status }) => status)).toEqual(died.map(() => 'rejected'));
    for (const { account, customer } of [undisturbed, ...accounts]) {
      const [position, ...others] = (await world.positions(account, NOVEMBER)).values();
      expect(others).toEqual([]);
      expect(position).toMatchObject({ n: 1, acknowledged: 3n, confirmed: { value: 3n }, invoiced: 3n });
      expect(await world.period(account, NOVEMBER)).toMatchObject({ state: 'closed', frozen: { records: 1 } });
      expect(await world.period(account, DECEMBER)).toMatchObject({ state: 'open' });
      expect([...(await world.metered(customer, NOVEMBER, DECEMBER)).values()]).toEqual([3]);
      const [invoice, first, ...more] = (await world.accounts.stripe.invoices.list({ customer })).data;
      // 3 × 1.20 SEK, 19.00 SEK for December, and the card
      expect(invoice).toMatchObject({ status: 'paid', total: 3_260, metadata: { dunlin_account: account } });
      expect(invoice?.status_transitions.finalized_at).toBeLessThan(Date.parse('2026-12-01T00:55:00Z') / SECOND);
      const bill = billItemKey(account, invoice?.id ?? '');
      expect(await world.accounts.tables.ledger.get(bill, BillItem)).toMatchObject({ kind: 'bill' });
      expect(first).toMatchObject({ billing_reason: 'subscription_create' });
      expect(more).toEqual([]);
    }
    expect(await world.cases()).toEqual([]);
  });
});

interface Death {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

// Reading pages and catalog changes nothing and is not counted.
const CALLS_TO_CLOSE = 23;
const CALLS_TO_RECONCILE = 6;

/** Each call is a place to die at, twice. */
function deathsAt(calls: number): Death[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap(call => [
    { call, moment: 'before' as const },
    { call, moment: 'after' as const },
  ]);
}

async function inTurn<A, B>(items: readonly A[], work: (item: A, index: number) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}

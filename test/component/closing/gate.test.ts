import { describe, expect, it } from 'vitest';
import { takeWakeUps } from '#functions/rating/take-wake-ups.ts';
import { periodKey } from '#shared/accounts/period-item.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { customiseInvoice } from '#shared/closing/customise-invoice.ts';
import { wakeConfirmed, wakeEnded } from '#shared/closing/wake-periods.ts';
import { DueFields, takeDue } from '#shared/platform/due.ts';
import { printInstant, SECOND } from '#shared/platform/instant.ts';
import { wakeUpFor } from '#shared/platform/wake-up.ts';
import { stripeInvoiceDrafts } from '#shared/stripe/invoice-drafts.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';
import { Mortality } from '#test/parts/mortal.ts';

const world = useMeteringWorld({ push: 'gate' });
const SMS = 'dunlin:pay-as-you-go:sms:SEK';
const BUSY_FOR_LONG = Array.from({ length: 500 }, () => 'busy' as const);
/** `printf 'msc-1/one\nmsc-1/two' | sha256sum` */
const DIGEST = '572b4b48b20ec9bb088201e5d575437ab63a3979b467782a2aae6a73bd06ac66';
let made = 0;

/** An account that sends two messages each under these ids on the last day of `month`; nothing of it is at Stripe before the end. */
async function anAccountAtTheEndOf(month: string, records: readonly string[] = ['one', 'two']) {
  const number = ++made;
  const account = `acc-${number}`;
  const line = `+4670000${String(number).padStart(4, '0')}`;
  const start = `${month}-01T00:00:00Z`;
  await world.accounts.moveTo(printInstant(Date.parse(nextMonth(month)) - 24 * 3_600_000));
  const customer = await accountThatCanPay(world.accounts, account);
  const from = printInstant(world.now());
  await putLine(world.accounts.services, account, 'a', aLine({ msisdn: line, plan: 'pay-as-you-go', from }));
  await world.post(...records.map(id => anSms({ line, startedAt: from, count: 2, id })));
  return {
    customer,
    key: periodKey(account, Date.parse(start)),
    invoice: async () => {
      const [newest] = (await world.accounts.stripe.invoices.list({ customer })).data;
      if (newest?.billing_reason !== 'subscription_cycle') throw new Error('The period has no invoice yet.');
      return newest;
    },
    period: () => world.period(account, start),
    position: async () => (await world.positions(account, start)).get(SMS),
    cases: async () =>
      (await world.cases()).filter(({ subject }) => subject.pk === `account#${account}`).map(({ code }) => code),
  };
}

/** The rating function's services with ports to the provider that die when told. */
function mortal() {
  const mortality = new Mortality();
  const { metering, ...rest } = world.services;
  const ports = {
    drafts: mortality.port(metering.drafts),
    subscriptions: mortality.port(metering.subscriptions),
    invoices: mortality.port(metering.invoices),
  };
  return { mortality, services: { ...rest, metering: { ...metering, ...ports } } };
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return printInstant(Date.UTC(year, number));
}

describe('the invoice that closes a period', () => {
  it('is final minutes after the end, and says what it was made from', async () => {
    const { invoice, period, cases } = await anAccountAtTheEndOf('2026-11');

    await world.runTo('2026-12-01T00:10:00Z');

    // 4 × 1.20 SEK, and 19.00 SEK for December
    expect(await invoice()).toMatchObject({
      status: 'paid',
      total: 2_380,
      description: 'Usage of Example AB, 30 November 2026',
      footer: null,
      custom_fields: [
        { name: 'Account number', value: 'acc-1' },
        { name: 'Usage period', value: '30 November 2026' },
        { name: 'Usage records', value: '2' },
        { name: 'Proof (SHA-256)', value: '572b4b48b20ec9bb' },
      ],
      metadata: {
        dunlin_account: 'acc-1',
        dunlin_period: '2026-11-01T00:00:00Z',
        dunlin_manifest: expect.stringMatching(
          /^manifests\/acc-1\/2026-11-01T00:00:00Z\/572b4b48b20ec9bb-[0-9a-f]{16}\.txt\.gz$/,
        ),
        dunlin_digest: DIGEST,
      },
    });
    await world.runTo('2026-12-01T03:00:00Z');
    expect(await period()).toMatchObject({ state: 'closed', invoice: (await invoice()).id });
    expect(await cases()).toEqual([]);
  });

  it('waits for usage that cannot be sent, longer than Stripe would by itself', async () => {
    const { invoice, period, position, cases } = await anAccountAtTheEndOf('2026-12');
    world.wire.meterEvents(...BUSY_FOR_LONG);

    await world.runTo('2027-01-01T00:30:00Z');
    const soon = await invoice();
    await world.runTo('2027-01-01T06:00:00Z');
    const later = await invoice();
    world.wire.meterEvents();
    await world.runTo('2027-01-01T09:00:00Z');

    expect(soon).toMatchObject({ status: 'draft', auto_advance: true });
    expect(later).toMatchObject({ status: 'draft', auto_advance: false });
    expect(await invoice()).toMatchObject({ status: 'paid', total: 2_380 });
    expect(await period()).toMatchObject({ state: 'closed' });
    expect(await position()).toMatchObject({ target: 4n, acknowledged: 4n, invoiced: 4n, confirmed: { value: 4n } });
    expect(await cases()).toEqual([]);
  });

  it('that is held is not forgotten by a Dunlin that was away for days', async () => {
    const { invoice, position, cases } = await anAccountAtTheEndOf('2027-01');
    world.wire.meterEvents(...BUSY_FOR_LONG);
    await world.runTo('2027-02-01T02:00:00Z');
    world.wire.meterEvents();

    await world.accounts.moveTo('2027-02-06T00:00:00Z');
    const meanwhile = await invoice();
    await world.runTo('2027-02-06T03:00:00Z');

    expect(meanwhile).toMatchObject({ status: 'draft', auto_advance: false });
    expect(await invoice()).toMatchObject({ status: 'paid', total: 2_380 });
    expect(await position()).toMatchObject({ acknowledged: 4n, invoiced: 4n });
    expect(await cases()).toEqual([]);
  });

  it('waits for a stuck position until the deadline, then goes without it, which is a case', async () => {
    const { invoice, period, cases } = await anAccountAtTheEndOf('2027-02');
    const meterId = await smsMeter();
    await world.accounts.stripe.billing.meters.deactivate(meterId);

    await world.runTo('2027-03-01T19:55:00Z');
    const held = await invoice();
    const before = { cases: await cases(), state: (await period())?.state };
    await world.runTo('2027-03-01T21:30:00Z');
    await world.accounts.stripe.billing.meters.reactivate(meterId);

    expect(held).toMatchObject({ status: 'draft', auto_advance: false });
    expect(before).toEqual({ cases: ['meter-inactive'], state: 'open' });
    // 19.00 SEK for March, and no message
    expect(await invoice()).toMatchObject({ status: 'paid', total: 1_900 });
    expect(await period()).toMatchObject({ state: 'closed' });
    expect((await cases()).sort()).toEqual(['gate-deadline', 'meter-inactive', 'numbers-differ']);
  });

  it('goes at the deadline also while usage is still under way, of which the four numbers tell', async () => {
    const { invoice, period, position, cases } = await anAccountAtTheEndOf('2027-03');
    world.wire.meterEvents(...BUSY_FOR_LONG);

    await world.runTo('2027-04-01T21:30:00Z');
    const opened = { status: (await invoice()).status, cases: await cases(), state: (await period())?.state };
    world.wire.meterEvents();
    await world.runTo('2027-04-02T03:00:00Z');

    expect(opened).toEqual({ status: 'paid', cases: ['gate-deadline'], state: 'open' });
    expect(await period()).toMatchObject({ state: 'closed' });
    expect(await position()).toMatchObject({ acknowledged: 4n, invoiced: 0n });
    expect((await cases()).sort()).toEqual(['gate-deadline', 'numbers-differ']);
  });

  it('that somebody else has made final passes as it is, and is not changed', async () => {
    const { invoice, period, position, cases } = await anAccountAtTheEndOf('2027-04');
    await world.runTo('2027-05-01T00:01:00Z');
    const { id } = await world.accounts.stripe.invoices.finalizeInvoice((await invoice()).id);

    await world.runTo('2027-05-01T03:00:00Z');

    expect(await invoice()).toMatchObject({ id, status: 'paid', description: null, custom_fields: null, metadata: {} });
    expect(await period()).toMatchObject({ state: 'closed', invoice: id });
    expect(await position()).toMatchObject({ acknowledged: 4n, invoiced: 0n });
    expect(await cases()).toEqual(['numbers-differ']);
  });

  it('goes at the deadline also by a process that dies at any call of the gate', async () => {
    const { mortality, services } = mortal();
    const deaths = ['find', 'release'].flatMap((_, call) => [
      { call: call + 1, moment: 'before' as const },
      { call: call + 1, moment: 'after' as const },
    ]);
    const accounts = [];
    for (const _ of deaths) accounts.push(await anAccountAtTheEndOf('2027-05'));
    world.wire.meterEvents(...BUSY_FOR_LONG);
    await world.runTo('2027-06-01T19:59:00Z');
    await world.accounts.moveTo('2027-06-01T20:00:00Z');

    const outcomes: (string | undefined)[] = [];
    for (const [index, { call, moment }] of deaths.entries()) {
      const key = accounts[index]?.key ?? { pk: '', sk: '' };
      const { wakeAt = '' } = (await world.accounts.tables.ledger.get(key, DueFields)) ?? {};
      await takeDue(world.accounts.tables.ledger, key, wakeAt, world.now());
      mortality.diesAt(call, moment);
      outcomes.push((await takeWakeUps([{ id: '1', content: wakeUpFor(key) }], services)).get('1')?.status);
    }
    await world.runTo('2027-06-01T21:30:00Z');
    world.wire.meterEvents();

    expect(outcomes).toEqual(deaths.map(() => 'rejected'));
    for (const { invoice, cases } of accounts) {
      expect(await invoice()).toMatchObject({ status: 'paid', total: 1_900, custom_fields: { length: 4 } });
      expect(await cases()).toEqual(['gate-deadline']);
    }
    await world.runTo('2027-06-02T03:00:00Z');
  });

  it('stays stopped where a person stopped it, and goes through when a person lets it go', async () => {
    const { invoice, cases } = await anAccountAtTheEndOf('2027-06');
    await world.accounts.moveTo('2027-07-01T00:01:00Z');
    const draft = await invoice();
    await world.accounts.stripe.invoices.update(draft.id, { auto_advance: false });

    await world.runTo('2027-07-02T00:00:00Z');
    const stopped = { invoice: await invoice(), cases: await cases() };
    await world.accounts.stripe.invoices.update(draft.id, { auto_advance: true });
    await world.runTo('2027-07-02T03:00:00Z');

    expect(stopped.invoice).toMatchObject({ status: 'draft', auto_advance: false });
    expect(stopped.cases).toEqual(['draft-stopped']);
    // 4 × 1.20 SEK, and 19.00 SEK for July
    expect(await invoice()).toMatchObject({ status: 'paid', total: 2_380, custom_fields: { length: 4 } });
    expect(await cases()).toEqual(['draft-stopped']);
  });

  it('costs one call where Stripe has told of it and nothing was used, and none to compare', async () => {
    const { customer, key, invoice, period } = await anAccountAtTheEndOf('2027-07', []);
    const { ledger } = world.accounts.tables;
    const { mortality, services } = mortal();
    await world.accounts.moveTo('2027-08-01T00:05:00Z');
    const { id, created } = await invoice();
    const [subscription] = (await world.accounts.stripe.subscriptions.list({ customer })).data;
    const told = {
      account: key.pk.replace('account#', ''),
      subscription: subscription?.id ?? '',
      invoice: id,
      createdAt: created * 1_000,
    };
    const next = { start: Date.parse('2027-08-01T00:00:00Z'), end: Date.parse('2027-09-01T00:00:00Z') };
    const run = async () => {
      const { wakeAt = '' } = (await ledger.get(key, DueFields)) ?? {};
      await takeDue(ledger, key, wakeAt, world.now());
      mortality.lives();
      await takeWakeUps([{ id: '1', content: wakeUpFor(key) }], services);
      return mortality.calls;
    };

    await wakeEnded(ledger, world.now, told, next);
    const toClose = await run();
    await world.accounts.moveTo('2027-08-01T00:11:00Z');
    await wakeConfirmed(ledger, world.now, told);
    const toCompare = await run();

    expect({ toClose, toCompare }).toEqual({ toClose: 1, toCompare: 0 });
    expect(await invoice()).toMatchObject({ id, status: 'paid', total: 1_900, custom_fields: { length: 4 } });
    expect(await period()).toMatchObject({ state: 'closed', invoice: id });
    expect(await world.period(told.account, '2027-08-01T00:00:00Z')).toMatchObject({ state: 'open', ...next });
  });

  it('goes through by a second run under the same lease, after a process that died with its answer', async () => {
    const { key, invoice, period, cases } = await anAccountAtTheEndOf('2027-09');
    const mortality = new Mortality();
    const { metering } = world.services;
    const services = { ...world.services, metering: { ...metering, drafts: mortality.port(metering.drafts) } };
    await world.accounts.moveTo('2027-10-01T00:05:00Z');
    const { wakeAt = '' } = (await world.accounts.tables.ledger.get(key, DueFields)) ?? {};
    await takeDue(world.accounts.tables.ledger, key, wakeAt, world.now());
    const run = async () => (await takeWakeUps([{ id: '1', content: wakeUpFor(key) }], services)).get('1')?.status;

    // find, release
    mortality.diesAt(2, 'after');
    const first = await run();
    await world.accounts.moveTo('2027-10-01T00:05:07Z');
    mortality.lives();
    const second = await run();

    expect([first, second]).toEqual(['rejected', 'fulfilled']);
    expect(await period()).toMatchObject({ state: 'confirmed' });
    await world.runTo('2027-10-01T00:11:00Z');
    // The later run's moment counts.
    const finalisedAt = Date.parse('2027-10-01T00:10:07Z') / SECOND;
    expect(await invoice()).toMatchObject({ total: 2_380, status_transitions: { finalized_at: finalisedAt } });
    expect(await cases()).toEqual([]);
  });

  it('becomes final between two calls: neither printed on nor stopped', async () => {
    const { customer, invoice } = await anAccountAtTheEndOf('2027-06');
    await giveCard(world.accounts, customer, 'pm_card_chargeCustomerFail');
    await world.runTo('2027-07-01T00:01:00Z');
    const { id } = await world.accounts.stripe.invoices.finalizeInvoice((await invoice()).id);
    await world.accounts.moveTo('2027-07-01T00:02:00Z');
    const before = await invoice();
    const drafts = stripeInvoiceDrafts(async () => world.accounts.stripe);

    const outcomes = [
      await drafts.hold(id, CUSTOMISATION, 'hold'),
      await drafts.release(id, CUSTOMISATION, world.now() + 300_000, 'release'),
    ];

    expect(outcomes).toEqual(['too-late', 'too-late']);
    expect(before).toMatchObject({ status: 'open', auto_advance: true, description: null });
    expect(await invoice()).toEqual(before);
  });
});

const CUSTOMISATION = customiseInvoice({
  account: { account: 'a', name: 'A', locale: 'en', currency: 'EUR', timezone: 'UTC' },
  start: 0,
  billed: { start: 0, end: 1 },
  frozen: { records: 0, manifest: 'm', digest: 'd' },
});

async function smsMeter(): Promise<string> {
  for await (const meter of world.accounts.stripe.billing.meters.list({ limit: 100 })) {
    if (meter.event_name.startsWith('dunlin_pay-as-you-go_sms_sek_')) return meter.id;
  }
  throw new Error('The sample catalog has a price for messages.');
}

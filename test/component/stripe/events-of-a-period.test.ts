import { describe, expect, it } from 'vitest';
import { periodKey } from '#shared/accounts/period-item.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { takeDue, wakesAt } from '#shared/platform/due.ts';
import { HOUR, parseInstant } from '#shared/platform/instant.ts';
import { aLine } from '#test/builders/accounts.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { eventServices, eventsSoFar, take } from '#test/parts/event-taking.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const NOVEMBER = '2026-11-01T00:00:00Z';
const key = (account: string) => periodKey(account, Date.parse(NOVEMBER));

async function accountWithLine(number: number) {
  const account = `acc-${number}`;
  const customer = await accountThatCanPay(world.accounts, account);
  const line = aLine({ msisdn: `+4670000000${number}`, plan: 'pay-as-you-go', from: NOVEMBER });
  await putLine(world.accounts.services, account, 'a', line);
  return { account, customer };
}

const wakeAt = async (account: string) => (await world.period(account, NOVEMBER))?.wakeAt;
const state = async (account: string) => (await world.period(account, NOVEMBER))?.state;

describe('invoices of a period that ended', () => {
  it('wake what closes and compares it, when it waits for them', { timeout: 120_000 }, async () => {
    const { services } = eventServices(world.accounts);
    const { ledger } = world.accounts.tables;
    const [first, second] = [await accountWithLine(1), await accountWithLine(2)];
    const eventsOf = async (type: string, { customer }: typeof first) =>
      (await eventsSoFar(world.accounts, type)).filter(event => event.customer === customer);

    // Its first invoice, in the middle of the period, closes nothing.
    const before = await wakeAt(first.account);
    await take(services, ...(await eventsOf('invoice.created', first)));
    expect(await wakeAt(first.account)).toBe(before);

    // What the operator puts on the invoice by hand says nothing about the subscription's next period.
    const year = { start: Date.UTC(2026, 11, 1) / 1_000, end: Date.UTC(2027, 11, 1) / 1_000 };
    const insurance = { amount: 12_000, currency: 'sek', description: 'Insurance', period: year };
    await world.accounts.stripe.invoiceItems.create({ customer: first.customer, ...insurance });

    // The draft comes with the period's end: usage of the last seconds still has its five minutes.
    await world.accounts.moveTo('2026-12-01T00:00:00Z');
    const drafts = (await eventsOf('invoice.created', first)).slice(-1);
    expect(drafts).toHaveLength(1);
    await take(services, ...drafts);
    expect(await wakeAt(first.account)).toBe('2026-12-01T00:05:00.000Z');
    const { next } = (await world.period(first.account, NOVEMBER)) ?? {};
    expect(next).toEqual({ start: Date.UTC(2026, 11, 1), end: Date.UTC(2027, 0, 1) });

    // The closing of the second was too early and waits for long: the draft's event ends that.
    await world.accounts.moveTo('2026-12-01T00:06:00Z');
    await ledger.update(key(second.account), { set: wakesAt(key(second.account), world.now() + HOUR) });
    await take(services, ...(await eventsOf('invoice.created', second)).slice(-1));
    expect(await wakeAt(second.account)).toBe('2026-12-01T00:06:00.000Z');

    // Closed and confirmed, they wait for the invoice until two o'clock; it is final at one.
    await world.runTo('2026-12-01T00:30:00Z');
    expect(await state(first.account)).toBe('confirmed');
    expect(await wakeAt(first.account)).toBe('2026-12-01T02:00:00.000Z');
    await world.runTo('2026-12-01T01:10:00Z');
    await takeDue(ledger, key(second.account), '2026-12-01T02:00:00.000Z', world.now());
    const leased = await wakeAt(second.account);
    for (const account of [first, second]) {
      await take(services, ...(await eventsOf('invoice.finalized', account)).slice(-1));
    }
    expect(Date.parse((await wakeAt(first.account)) ?? '')).toBe(parseInstant('2026-12-01T01:10:00Z'));
    // Somebody is at it: left alone.
    expect(await wakeAt(second.account)).toBe(leased);

    await world.runTo('2026-12-01T01:20:00Z');
    expect(await state(first.account)).toBe('closed');

    // Closed periods are not woken again by what happens to their invoice.
    await take(services, ...(await eventsOf('invoice.paid', first)), ...(await eventsOf('invoice.updated', first)));
    expect(await wakeAt(first.account)).toBeUndefined();
    expect(await world.cases()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { findLine, linesOf } from '#shared/accounts/account-book.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { lineKey, SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { DunningItem, dunningKey } from '#shared/dunning/dunning-item.ts';
import { followCase } from '#shared/dunning/follow-case.ts';
import { takeDue } from '#shared/platform/due.ts';
import { Unavailable } from '#shared/platform/failure.ts';
import { DAY, HOUR, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { aLine } from '#test/builders/accounts.ts';
import { aPolicy, aStep } from '#test/builders/dunning.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';
import { Killed, Mortality } from '#test/parts/mortal.ts';
import { clientAt } from '#test/parts/tables.ts';

const world = useDunningWorld();

const POLICY = aPolicy({
  steps: [
    aStep({ id: 'notice', text: 'payment-failed' }),
    aStep({ id: 'slow', afterMs: DAY, service: 'throttle', noticeMs: DAY }),
    aStep({ id: 'stop', afterMs: 2 * DAY, service: 'suspend', noticeMs: DAY }),
  ],
});

/** Lines that the account has besides, without telling Stripe of them. */
async function addLines(account: string, count: number): Promise<void> {
  const first = await findLine(world.services.table, account, 'line-1');
  if (first === undefined) throw new Error('There is a line.');
  for (let place = 1; place <= count; place++) {
    const line = `more-${place}`;
    await world.services.table.put({
      ...lineKey(account, line),
      ...z.encode(SubscriberLine, { ...first, line, place }),
    });
  }
}

const countOf = async (account: string, action: string) =>
  (await world.commands(account)).filter(command => command.endsWith(action)).length;

describe('an account with more lines than a transaction takes', () => {
  it('loses and gets back the service of each once, although the run dies in between', {
    timeout: 120_000,
  }, async () => {
    world.policies = [POLICY];
    const customer = await world.accountThatFails('many');
    await addLines('many', 60);
    await world.runTo('2026-12-03T00:59:00Z');
    await world.accounts.moveTo('2026-12-03T01:00:00Z');
    const mortality = new Mortality();
    const table = new Table(mortality.watch(clientAt(world.accounts.tables.address)), 'ledger');
    const key = dunningKey('many');
    const item = await world.services.table.get(key, DunningItem);
    await takeDue(world.services.table, key, item?.wakeAt ?? '', world.now());
    // Item, account, the notice; lease read and taken, lines, the case with its measure, 25 lines: dead before the next 25.
    mortality.diesAt(9, 'before');
    await expect(followCase({ ...world.services, table }, key)).rejects.toThrow(Killed);

    const inBetween = await countOf('many', 'suspend');
    const throttled = await countOf('many', 'throttle');
    // Paid before anybody goes on.
    await giveCard(world.accounts, customer, 'pm_card_visa');
    const [invoice] = (await world.accounts.stripe.invoices.list({ customer, status: 'open' })).data;
    await world.accounts.stripe.invoices.pay(invoice?.id ?? '');
    // The dead process holds the account for another 75 seconds.
    await world.runTo(printInstant(world.now() + 10 * MINUTE));

    expect([throttled, inBetween]).toEqual([61, 25]);
    expect(await countOf('many', 'suspend')).toBe(25);
    expect(await countOf('many', 'restore')).toBe(61);
    const lines = await linesOf(world.services.table, 'many');
    expect(lines.filter(({ state, restrictedBy }) => state !== 'active' || restrictedBy !== undefined)).toEqual([]);
  });
});

describe('a line that is suspended', () => {
  it('stays so when it gets another SIM, and waits for nothing', async () => {
    world.policies = [POLICY];
    await world.accountThatFails('sim');
    const { msisdn = '' } = (await findLine(world.services.table, 'sim', 'line-1')) ?? {};
    await world.runTo('2027-01-04T00:00:00Z');

    await putLine(world.accounts.services, 'sim', 'line-1', aLine({ msisdn, imsi: '240011234567890' }));
    const key = lineKey('sim', 'line-1');
    await finishLine(world.accounts.services, key);

    const line = await findLine(world.services.table, 'sim', 'line-1');
    expect(line).toMatchObject({ state: 'suspended', imsi: '240011234567890' });
    expect(line?.wakeAt).toBeUndefined();
  });
});

describe('Stripe that does not answer', () => {
  it('is asked again with growing pauses, and what is due is taken then', async () => {
    world.policies = [POLICY];
    await world.accountThatFails('patient');
    await world.runTo('2027-02-01T00:59:00Z');
    const down = {
      ...world.services.receivables,
      read: () => Promise.reject(new Unavailable('stripe-unreachable', '')),
    };
    const wakeAt = async () => (await world.services.table.get(dunningKey('patient'), DunningItem))?.wakeAt;

    await world.runTo('2027-02-01T01:00:00Z');
    await world.accounts.moveTo('2027-02-02T01:00:00Z');
    const pauses: (string | undefined)[] = [];
    for (let failure = 1; failure <= 2; failure++) {
      await world.look('patient', { ...world.services, receivables: down });
      pauses.push(await wakeAt());
    }
    await world.runTo(printInstant(world.now() + HOUR));

    const failedAt = Date.parse('2027-02-02T01:00:00Z');
    expect(pauses).toEqual([failedAt + MINUTE, failedAt + 2 * MINUTE].map(at => new Date(at).toISOString()));
    expect(await countOf('patient', 'throttle')).toBe(1);
  });
});

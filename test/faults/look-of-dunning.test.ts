import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { DunningItem, dunningKey } from '#shared/dunning/dunning-item.ts';
import { followCase } from '#shared/dunning/follow-case.ts';
import { wakeDunning } from '#shared/dunning/wake-dunning.ts';
import { takeDue } from '#shared/platform/due.ts';
import { DAY } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { aPolicy, aStep } from '#test/builders/dunning.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';
import { Mortality } from '#test/parts/mortal.ts';
import { clientAt } from '#test/parts/tables.ts';
import { chosenPoints } from './chosen-points.ts';

const world = useDunningWorld();

/** A message on day 0, suspended two days later, given up after five. */
const POLICY = aPolicy({
  steps: [
    aStep({ id: 'notice', text: 'payment-failed' }),
    aStep({ id: 'stop', afterMs: 2 * DAY, service: 'suspend', noticeMs: DAY }),
    aStep({ id: 'off', afterMs: 5 * DAY, do: 'write-off' }),
  ],
});

interface Death {
  readonly name: string;
  readonly call: number;
  readonly moment: 'before' | 'after';
}

// Every call to the ledger and to Stripe's adapter counts. A round reads what is open at Stripe and each message of the
// case, which has one. A change of service looks at the lease, takes it, reads the lines, writes, gives the lease back.
//   suspend    item, account; standing, message; change of service                                              2 + 2 + 5
//   close      item, account; standing, message, payment noted; paid at Stripe, noted, standing, fate of the invoice,
//              message; change of service                                                                   2 + 3 + 5 + 5
//   write off  item, account; standing, message, noted; given up at Stripe, noted, standing, fate, message; closed
//                                                                                                           2 + 3 + 5 + 1
const CALLS_TO_SUSPEND = 9;
const CALLS_TO_CLOSE = 15;
const CALLS_TO_WRITE_OFF = 11;

/** Each call is a place to die at, twice; the first account lives. */
function fates(look: string, calls: number): (Death | undefined)[] {
  const deaths = Array.from({ length: calls }, (_, index) => index + 1).flatMap(call =>
    (['before', 'after'] as const).map(moment => ({ name: `${look} #${call} killed ${moment} it`, call, moment })),
  );
  return [undefined, ...chosenPoints(deaths, 3)];
}

/** Runs the account's look in a process that dies as told; answers how many calls it made, or that it died. */
async function look(account: string, death: Death | undefined): Promise<number | 'died'> {
  const mortality = new Mortality();
  const { receivables, ...rest } = world.services;
  const table = new Table(mortality.watch(clientAt(world.accounts.tables.address)), 'ledger');
  const key = dunningKey(account);
  const item = await world.services.table.get(key, DunningItem);
  await takeDue(world.services.table, key, item?.wakeAt ?? '', world.now());
  if (death !== undefined) mortality.diesAt(death.call, death.moment);
  const services = { ...rest, table, receivables: mortality.port(receivables) };
  return followCase(services, key).then(
    () => mortality.calls,
    () => 'died' as const,
  );
}

async function inTurn<A, B>(items: readonly A[], work: (item: A, index: number) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const [index, item] of items.entries()) done.push(await work(item, index));
  return done;
}

const accountsFor = (name: string, deaths: readonly unknown[]) =>
  inTurn(deaths, async (_, index) => {
    const account = `${name}-${index}`;
    return { account, customer: await world.accountThatFails(account) };
  });

const actionsOf = async (account: string) => (await world.commands(account)).map(command => command.split(' ').at(-1));
const textsOf = async (account: string) => (await world.messages(account)).map(message => message.split(' ').at(-1));

describe('a look by a process that dies', { timeout: 300_000 }, () => {
  it('ends as if nothing had happened, at whichever call it died', async () => {
    world.policies = [POLICY];
    const stops = fates('suspend', CALLS_TO_SUSPEND);
    const closes = fates('close', CALLS_TO_CLOSE);
    const writeOffs = fates('write off', CALLS_TO_WRITE_OFF);
    const payers = await accountsFor('pays', closes.length > stops.length ? closes : stops);
    const others = await accountsFor('never', writeOffs);
    await world.runTo('2026-12-03T00:59:00Z');
    await world.accounts.moveTo('2026-12-03T01:00:00Z');

    const stopped = await inTurn(stops, (death, index) => look(payers[index]?.account ?? '', death));
    await world.runTo('2026-12-03T01:10:00Z');
    const suspended = await inTurn(payers, ({ account }) => actionsOf(account));
    for (const { account, customer } of payers) {
      await giveCard(world.accounts, customer, 'pm_card_visa');
      await wakeDunning(world.services.table, account, world.now());
    }
    const closed = await inTurn(closes, (death, index) => look(payers[index]?.account ?? '', death));
    await world.runTo('2026-12-06T00:59:00Z');
    await world.accounts.moveTo('2026-12-06T01:00:00Z');
    const written = await inTurn(writeOffs, (death, index) => look(others[index]?.account ?? '', death));
    await world.runTo('2026-12-06T01:10:00Z');

    const died = (deaths: readonly unknown[]) => deaths.slice(1).map(() => 'died');
    expect(stopped).toEqual([CALLS_TO_SUSPEND, ...died(stops)]);
    expect(closed).toEqual([CALLS_TO_CLOSE, ...died(closes)]);
    expect(written).toEqual([CALLS_TO_WRITE_OFF, ...died(writeOffs)]);
    expect(suspended).toEqual(payers.map(() => ['suspend']));
    for (const { account, customer } of payers) {
      const charges = (await world.accounts.stripe.charges.list({ customer, limit: 100 })).data;
      // its first invoice, and the one that was owed
      expect(charges.filter(({ status }) => status === 'succeeded')).toHaveLength(2);
      expect(await actionsOf(account)).toEqual(['suspend', 'restore']);
      expect(await textsOf(account)).toEqual(['payment-failed', 'thanks']);
      expect(await world.answer(account)).toMatchObject({ state: 'closed', restrictions: [] });
      expect(await findLine(world.services.table, account, 'line-1')).toMatchObject({ state: 'active' });
    }
    for (const { account, customer } of others) {
      const [invoice] = (await world.accounts.stripe.invoices.list({ customer })).data;
      expect(invoice?.status).toBe('uncollectible');
      expect(await actionsOf(account)).toEqual(['suspend']);
      expect(await world.caseOf(account)).toMatchObject({ closedAs: 'written-off', writtenOff: [{ done: true }] });
    }
  });
});

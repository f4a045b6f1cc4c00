import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { customerOwnerItem, ownerOfCustomer } from '#shared/accounts/records/customer-owner.ts';
import { lineKey, SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { takeDue, wakesAt, wakeText } from '#shared/platform/due.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { HOUR, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import type { EventMessage } from '#shared/reactions/event-message.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { stripeEventObjects } from '#shared/stripe/events/stripe-event-objects.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';
import { eventServices, eventsSoFar, messageWith, take } from '#test/parts/event-taking.ts';
import { Mortality } from '#test/parts/mortal.ts';
import { clientAt } from '#test/parts/tables.ts';

const world = useAccountWorld();
let services: EventServices;
let counted: () => string[];
let number = 0;

beforeAll(() => {
  ({ services, counted } = eventServices(world));
});

/** An account with a line of which the first invoice is unpaid, because there is no card. */
async function accountWithPendingLine() {
  const account = `acc-${++number}`;
  await putAccount(world.services, account, anAccount());
  const msisdn = `+4670000${String(number).padStart(4, '0')}`;
  await putLine(world.services, account, 'l', aLine({ msisdn }));
  return { account, customer: await customerOf(world, account) };
}

async function lineOf(account: string): Promise<SubscriberLine> {
  const line = await world.services.ledger.get(lineKey(account, 'l'), SubscriberLine);
  if (line === undefined) throw new Error('There is a line.');
  return line;
}

const now = () => wakeText(world.services.clock());
const inAnHour = () => wakeText(world.services.clock() + HOUR);

/** What Stripe tells when the account gets a card. */
async function cardAdded(customer: string): Promise<EventMessage[]> {
  await giveCard(world, customer);
  const events = await eventsSoFar(world, 'payment_method.attached', 'customer.updated');
  return events.filter(event => event.customer === customer && event.type === 'payment_method.attached');
}

async function sleepAgain(account: string): Promise<void> {
  const key = lineKey(account, 'l');
  await world.services.ledger.update(key, { set: wakesAt(key, world.services.clock() + HOUR) });
}

describe('a card that was added', () => {
  it('has the pending lines of its account looked at now, and no others', async () => {
    const { account, customer } = await accountWithPendingLine();
    const other = await accountWithPendingLine();

    await take(services, ...(await cardAdded(customer)));

    expect((await lineOf(account)).wakeAt).toBe(now());
    expect((await lineOf(other.account)).wakeAt).toBe(inAnHour());
  });

  it('leaves a line that is billed alone', async () => {
    const account = `acc-${++number}`;
    const customer = await accountThatCanPay(world, account);
    await putLine(world.services, account, 'l', aLine({ msisdn: '+46700090000' }));
    const before = await lineOf(account);

    await take(services, ...(await cardAdded(customer)));

    expect(before.state).toBe('active');
    expect(before.wakeAt).toBeUndefined();
    expect(await lineOf(account)).toEqual(before);
  });

  it('waits until nobody else works on the account, so that its wake-up is not slept over', async () => {
    const { account, customer } = await accountWithPendingLine();
    const [event] = await cardAdded(customer);
    const lease = { pk: `account#${account}`, sk: 'lease' };
    const until = world.services.clock() + MINUTE;
    await world.services.ledger.update(lease, { set: { owner: 'a request', until }, add: { fence: 1 } });

    const taken = take(services, event ?? none());
    await new Promise(resolve => setTimeout(resolve, 300));
    await sleepAgain(account);
    await world.services.ledger.update(lease, { set: { until: 0 } });
    await taken;

    expect((await lineOf(account)).wakeAt).toBe(now());
  });
});

describe('the same event again', () => {
  it('does nothing, in the same batch and later', async () => {
    const { account, customer } = await accountWithPendingLine();
    const [event] = await cardAdded(customer);
    counted();

    await take(services, event ?? none(), event ?? none());
    await sleepAgain(account);
    await take(services, event ?? none());

    expect((await lineOf(account)).wakeAt).toBe(inAnHour());
    expect(counted()).toEqual(['EventsRepeated', 'EventsRepeated']);
  });

  it('is put off while another message works on it, and is taken over when that one hangs', async () => {
    const { account, customer } = await accountWithPendingLine();
    const [event = none()] = await cardAdded(customer);
    const hanging = { ...services, ledger: failing(services.ledger) };

    await expect(take(hanging, messageWith(event, 'first'))).rejects.toThrow('hangs');
    await expect(take(services, messageWith(event, 'second'))).rejects.toThrow('busy');
    await world.moveTo(printInstant(world.services.clock() + 76_000));
    await take(services, messageWith(event, 'second'));
    await sleepAgain(account);
    await take(services, messageWith(event, 'first'));

    expect((await lineOf(account)).wakeAt).toBe(inAnHour());
  });

  it('counts as missed when it was fetched and had not come', async () => {
    const { customer } = await accountWithPendingLine();
    const [event = none()] = await cardAdded(customer);
    counted();

    await take(services, { ...event, fetched: true });
    await take(services, { ...event, fetched: true });

    expect(counted()).toEqual(['EventsMissed', 'EventsRepeated']);
  });
});

describe('events in any order', () => {
  it('come to the same', async () => {
    const { account, customer } = await accountWithPendingLine();
    await giveCard(world, customer);
    const types = ['payment_method.attached', 'customer.updated', 'customer.subscription.updated', 'invoice.finalized'];
    const events = (await eventsSoFar(world, ...types)).filter(event => event.customer === customer);

    await take(services, ...events.toReversed());

    expect(events.length).toBeGreaterThanOrEqual(3);
    expect((await lineOf(account)).wakeAt).toBe(now());
  });
});

describe('what is none of our business', () => {
  it('passes: customers of somebody else, of another stage, and lost ones of our own', async () => {
    const { account } = await accountWithPendingLine();
    const strangers = [
      await world.stripe.customers.create({}),
      await world.stripe.customers.create({ metadata: { dunlin_account: 'acc-of-another-stage' } }),
      await world.stripe.customers.create({ metadata: { dunlin_account: account } }),
    ];
    counted();

    for (const { id } of strangers) await take(services, ...(await cardAdded(id)));
    const [event = none()] = await cardAdded(strangers[0]?.id ?? '');
    await take(
      services,
      { ...event, id: 'evt_deleted', customer: 'cus_gone' },
      { ...event, id: 'evt_none', customer: undefined },
    );

    expect(counted()).toEqual(Array(5).fill('EventsForeign'));
    expect((await lineOf(account)).wakeAt).toBe(inAnHour());
  });

  it('is asked about once: what another software does at Stripe costs no call each', async () => {
    const { id } = await world.stripe.customers.create({});
    const events = await cardAdded(id);
    await take(services, ...events);
    world.forgetCalls();
    counted();

    await take(services, ...events.map(event => ({ ...event, id: `${event.id}_next` })));

    expect(counted()).toEqual(['EventsForeign']);
    expect(world.calls()).toEqual([]);
  });

  it('is looked for again where the account is only about to know its customer', async () => {
    const account = `acc-${++number}`;
    await putAccount(world.services, account, anAccount());
    const customer = await customerOf(world, account);
    const key = { pk: `account#${account}`, sk: 'account' };
    const owner = customerOwnerItem(customer, account);
    await world.services.ledger.delete({ pk: owner.pk, sk: owner.sk });
    await world.services.ledger.update(key, { remove: ['stripeCustomer'] });
    const [event = none()] = await cardAdded(customer);
    counted();

    await take(services, event);
    await world.services.ledger.update(key, { set: { stripeCustomer: customer } });
    await take(services, { ...event, id: `${event.id}_next` });

    expect(counted()).toEqual(['EventsForeign']);
    expect(await ownerOfCustomer(world.services.ledger, customer)).toBe(account);
  });

  it('is counted when nobody reacts to its type, and costs neither a read at Stripe nor a write', async () => {
    const { customer } = await accountWithPendingLine();
    world.forgetCalls();
    counted();
    const event = { id: 'evt_new', type: 'invoice.sung', object: 'in_1', customer, createdAt: world.services.clock() };

    await take(services, event);

    expect(counted()).toEqual(['EventsUnknown']);
    expect(world.calls()).toEqual([]);
    expect(await world.services.ledger.get({ pk: 'event#evt_new', sk: 'event' }, z.unknown())).toBeUndefined();
  });

  it('is an invoice that is gone by now', async () => {
    const { customer } = await accountWithPendingLine();
    const gone = { id: 'evt_gone', type: 'invoice.created', object: 'in_gone', customer, createdAt: 0 };

    await expect(take(services, gone)).resolves.toBeUndefined();
  });
});

describe('whose customer it is', () => {
  it('is noted with the account', async () => {
    const { account, customer } = await accountWithPendingLine();

    expect(await ownerOfCustomer(world.services.ledger, customer)).toBe(account);
  });

  it('is found by what the customer carries where it was not noted, and is noted then', async () => {
    const { account, customer } = await accountWithPendingLine();
    const { pk, sk } = customerOwnerItem(customer, account);
    await world.services.ledger.delete({ pk, sk });

    await take(services, ...(await cardAdded(customer)));

    expect((await lineOf(account)).wakeAt).toBe(now());
    expect(await ownerOfCustomer(world.services.ledger, customer)).toBe(account);
  });
});

describe('a subscription that somebody ended', () => {
  it('has the lines looked at, which opens the case at once', async () => {
    const account = `acc-${++number}`;
    const customer = await accountThatCanPay(world, account);
    await putLine(world.services, account, 'l', aLine({ msisdn: '+46700090001' }));
    const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
    await world.stripe.subscriptions.cancel(subscription?.id ?? '');

    await take(services, ...(await eventsSoFar(world, 'customer.subscription.deleted')));
    const key = lineKey(account, 'l');
    const { wakeAt = '' } = await lineOf(account);
    await takeDue(world.services.ledger, key, wakeAt, world.services.clock());
    await finishLine(world.services, key);

    const cases = await Array.fromAsync(openIncidents(world.services.ledger));
    expect(wakeAt).toBe(now());
    expect(cases.filter(({ subject }) => subject.pk === `account#${account}`).map(({ code }) => code)).toEqual([
      'subscription-ended',
    ]);
  });

  it('is not news when it is not the present one', async () => {
    const account = `acc-${++number}`;
    const customer = await accountThatCanPay(world, account);
    await putLine(world.services, account, 'l', aLine({ msisdn: '+46700090002' }));
    const type = 'customer.subscription.deleted';

    await take(services, { id: 'evt_old_one', type, object: 'sub_of_before', customer, createdAt: 0 });

    expect((await lineOf(account)).wakeAt).toBeUndefined();
  });
});

describe('a process that dies', () => {
  it('leaves an event that comes again and ends as if nothing had happened, at whichever call it died', async () => {
    const deaths: string[] = [];
    for (const moment of ['before', 'after'] as const) {
      for (let call = 1; ; call++) {
        const { account, customer } = await accountWithPendingLine();
        const message = messageWith((await cardAdded(customer))[0] ?? none());
        const { mortality, mortal } = mortalServices();
        mortality.diesAt(call, moment);

        const died = await take(mortal, message).then(
          () => false,
          () => true,
        );
        await take(services, message);
        await take(services, messageWith(message.content));

        expect((await lineOf(account)).wakeAt, `${moment} ${call}`).toBe(now());
        if (!died) break;
        deaths.push(`${moment} ${call}`);
      }
    }

    // Claim, owner, lines; lease read and taken, lines, woken, lease given back; dunning that is not there; done.
    expect(deaths).toHaveLength(20);
  });

  function mortalServices() {
    const mortality = new Mortality();
    const ledger = new Table(mortality.watch(clientAt(world.tables.address)), 'ledger');
    const objects = mortality.port(stripeEventObjects(async () => world.stripe));
    return { mortality, mortal: { ...services, ledger, objects } };
  }
});

/** A ledger in which the first query never ends well, as in a function that times out. */
function failing(ledger: Table): Table {
  return new Proxy(ledger, {
    get: (target, name) => {
      if (name === 'query') {
        return () => {
          throw new Error('hangs');
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function none(): never {
  throw new Error('Stripe told of it.');
}

import { beforeAll, describe, expect, it } from 'vitest';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { HOUR, printInstant } from '#shared/platform/instant.ts';
import type { EventMessage } from '#shared/reactions/event-message.ts';
import { lookAtStripe } from '#shared/reactions/look-at-stripe.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { endpointsAt } from '#shared/stripe/events/list-endpoints.ts';
import { eventsAt } from '#shared/stripe/events/list-events.ts';
import { invoicesAt } from '#shared/stripe/events/list-invoices.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { customerOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';
import { eventServices, take } from '#test/parts/event-taking.ts';

const world = useAccountWorld();
const stripe = async () => world.stripe;
let counted: string[] = [];
let hour = 0;

/** What a run of the function queues, and what it returns. */
async function look() {
  const queued: EventMessage[] = [];
  const services = {
    ledger: world.services.ledger,
    clock: world.services.clock,
    listEvents: eventsAt(stripe),
    listInvoices: invoicesAt(stripe),
    listEndpoints: endpointsAt(stripe),
    deployment: 'dunlin-test',
    handOver: async (messages: readonly EventMessage[]) => void queued.push(...messages),
    count: (metric: string) => counted.push(metric),
  };
  const looked = await lookAtStripe(services, SNAPSHOT_TYPES, (_, error) => {
    throw error;
  });
  return { queued, ...looked };
}

async function hoursLater(hours: number): Promise<void> {
  hour += hours;
  await world.moveTo(printInstant(Date.UTC(2026, 10, 1) + hour * HOUR));
}

beforeAll(async () => {
  await world.stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/stripe/webhook',
    enabled_events: ['*'],
    metadata: { dunlin_deployment: 'dunlin-test' },
  });
});

describe('events', () => {
  it('are all fetched, each once and an hour later, whether an endpoint heard of them or not', async () => {
    const { id: customer } = await world.stripe.customers.create({});
    await giveCard(world, customer);

    const atOnce = await look();
    await hoursLater(2);
    const later = await look();
    await hoursLater(12);
    const again = await look();

    expect(atOnce.queued).toEqual([]);
    expect(later.queued.map(({ type, customer, fetched }) => `${type} ${customer} ${fetched}`).sort()).toEqual([
      `customer.updated ${customer} true`,
      `payment_method.attached ${customer} true`,
    ]);
    expect(again.queued).toEqual([]);
  });

  it('of ten days without a run are fetched by the first one after them', async () => {
    const { id: customer } = await world.stripe.customers.create({});
    await giveCard(world, customer);
    await hoursLater(240);

    expect((await look()).queued.map(({ customer }) => customer)).toEqual([customer, customer]);
  });
});

describe('invoices', () => {
  it('bring what their events would have, once they differ from what is known', async () => {
    const { services } = eventServices(world);
    await look();
    await putAccount(world.services, 'walked', anAccount());
    await putLine(world.services, 'walked', 'l', aLine({ msisdn: '+46700000077' }));
    const customer = await customerOf(world, 'walked');

    // Too young for the list of events: the invoice itself shows that a bill and a link are missing.
    const first = await look();
    await take(services, ...first.queued);
    const second = await look();

    expect(first.queued.map(({ type, customer }) => ({ type, customer }))).toEqual([
      { type: 'invoice.finalized', customer },
    ]);
    expect(first.differing).toBe(1);
    expect(second.differing).toBe(0);
  });

  it('of customers that are not ours are left alone', async () => {
    const product = await world.stripe.products.create({ name: 'Not ours' });
    const recurring = { interval: 'month' } as const;
    const price = await world.stripe.prices.create({
      product: product.id,
      currency: 'sek',
      unit_amount: 900,
      recurring,
    });
    const { id: customer } = await world.stripe.customers.create({});
    await giveCard(world, customer);
    await world.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });

    expect((await look()).differing).toBe(0);
  });
});

describe('the endpoint', () => {
  it('that is switched off opens one case and counts at each look, until it is on again', async () => {
    const [endpoint] = (await world.stripe.webhookEndpoints.list()).data;
    const id = endpoint?.id ?? '';
    const codes = async () => (await Array.fromAsync(openIncidents(world.services.ledger))).map(({ code }) => code);
    counted = [];

    await world.stripe.webhookEndpoints.update(id, { disabled: true });
    const [one, two] = [await look(), await look()];
    const [off, onlyOnce] = [[...counted], await codes()];
    await world.stripe.webhookEndpoints.update(id, { disabled: false, enabled_events: ['invoice.paid'] });
    const few = await look();
    await world.stripe.webhookEndpoints.update(id, { enabled_events: ['*'] });
    const on = await look();
    await world.stripe.webhookEndpoints.update(id, { metadata: { dunlin_deployment: 'of-another-stage' } });
    await hoursLater(1);
    const missing = await look();

    expect([one, two, few, on, missing].map(({ endpoint }) => endpoint)).toEqual([
      'switched-off',
      'switched-off',
      'types-missing',
      null,
      'missing',
    ]);
    expect([off, onlyOnce]).toEqual([['EndpointOff', 'EndpointOff'], ['webhook-off']]);
    expect(await codes()).toEqual(['webhook-off', 'webhook-off']);
  });
});

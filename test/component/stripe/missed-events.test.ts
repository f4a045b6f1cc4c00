import { expect, it } from 'vitest';
import { HOUR, printInstant } from '#shared/platform/instant.ts';
import type { EventMessage } from '#shared/reactions/event-message.ts';
import { fetchMissed } from '#shared/reactions/missed-events.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { undeliveredAt } from '#shared/stripe/events/list-undelivered.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();

async function missed(): Promise<EventMessage[]> {
  const queued: EventMessage[] = [];
  const found = await fetchMissed(
    {
      clock: world.services.clock,
      listUndelivered: undeliveredAt(async () => world.stripe),
      handOver: async messages => void queued.push(...messages),
    },
    SNAPSHOT_TYPES,
  );
  expect(found).toBe(queued.length);
  return queued;
}

it('what an endpoint did not take is fetched, of the types that something reacts to, an hour later and for four days', async () => {
  const endpoint = { url: 'http://127.0.0.1:9/nobody', enabled_events: ['*'] as const };
  await world.stripe.webhookEndpoints.create({ ...endpoint, enabled_events: [...endpoint.enabled_events] });
  const { id: customer } = await world.stripe.customers.create({});
  await giveCard(world, customer);
  const start = world.services.clock();
  const at = (hours: number) => world.moveTo(printInstant(start + hours * HOUR));

  const atOnce = await missed();
  await at(2);
  const later = await missed();
  await at(97);
  const afterFourDays = await missed();

  expect(atOnce).toEqual([]);
  expect(later.map(({ type, customer, fetched }) => ({ type, customer, fetched }))).toEqual([
    { type: 'customer.updated', customer, fetched: true },
    { type: 'payment_method.attached', customer, fetched: true },
  ]);
  expect(afterFourDays).toEqual([]);
});

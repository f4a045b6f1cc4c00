import * as z from 'zod';
import { given, mergeMetadata } from '../objects/metadata.ts';
import type { EventDestination } from '../records/event-destinations.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst } from '../wire/pages.ts';
import { choice, integer, listOf, metadata, params, text } from '../wire/params.ts';
import { operation } from './operation.ts';

const URL_FIELD = 'webhook_endpoint.url';

const SECRET_FIELD = 'webhook_endpoint.signing_secret';

const endpoint = () => params({ url: z.string().regex(/^https?:\/\/[^\s]+$/, { error: 'URL' }) });

export const eventDestinationOperations = [
  operation({
    method: 'POST',
    path: '/v2/core/event_destinations',
    params: {
      name: text(),
      description: text().optional(),
      type: choice('webhook_endpoint'),
      event_payload: choice('thin'),
      enabled_events: listOf(text()),
      webhook_endpoint: endpoint(),
      metadata: metadata().optional(),
      include: listOf(choice(URL_FIELD, SECRET_FIELD)).optional(),
    },
    handle({ world, params: fields }) {
      const now = new Date(world.now()).toISOString();
      const destination: EventDestination = {
        id: world.ids.next('ed'),
        object: 'v2.core.event_destination',
        created: now,
        description: fields.description ?? '',
        enabled_events: fields.enabled_events,
        event_payload: fields.event_payload,
        events_from: ['@self'],
        livemode: false,
        metadata: fields.metadata ?? {},
        name: fields.name,
        status: 'enabled',
        type: fields.type,
        updated: now,
        webhook_endpoint: fields.webhook_endpoint,
      };
      world.store.put('v2.core.event_destination', destination.id, destination);
      const signing_secret = `whsec_${world.ids.characters('whsec', 32)}`;
      return shown(destination, fields.include, signing_secret);
    },
  }),
  operation({
    method: 'GET',
    path: '/v2/core/event_destinations',
    params: { limit: integer({ min: 1, max: 100 }).optional(), include: listOf(choice(URL_FIELD)).optional() },
    handle: ({ world, params: { include } }) => ({
      data: newestFirst(world.store.all('v2.core.event_destination')).map(each => shown(each, include)),
      next_page_url: null,
      previous_page_url: null,
    }),
  }),
  operation({
    method: 'POST',
    path: '/v2/core/event_destinations/{id}',
    params: {
      enabled_events: listOf(text()).optional(),
      webhook_endpoint: endpoint().optional(),
      metadata: metadata().optional(),
      include: listOf(choice(URL_FIELD)).optional(),
    },
    handle({ world, params: fields, ids }) {
      const standing = destinationOf(world, ids.id);
      const next = change(world, standing, {
        enabled_events: given(fields.enabled_events, standing.enabled_events),
        webhook_endpoint: given(fields.webhook_endpoint, standing.webhook_endpoint),
        metadata: mergeMetadata(standing.metadata, fields.metadata),
      });
      return shown(next, fields.include);
    },
  }),
  operation({
    method: 'POST',
    path: '/v2/core/event_destinations/{id}/enable',
    params: {},
    handle: ({ world, ids }) => shown(change(world, destinationOf(world, ids.id), { status: 'enabled' })),
  }),
  operation({
    method: 'POST',
    path: '/v2/core/event_destinations/{id}/disable',
    params: {},
    handle: ({ world, ids }) => shown(change(world, destinationOf(world, ids.id), { status: 'disabled' })),
  }),
  operation({
    method: 'DELETE',
    path: '/v2/core/event_destinations/{id}',
    params: {},
    handle({ world, ids }) {
      const { id, object } = destinationOf(world, ids.id);
      world.store.remove('v2.core.event_destination', id);
      return { id, object };
    },
  }),
];

function change(world: World, standing: EventDestination, changes: Partial<EventDestination>): EventDestination {
  const next = { ...standing, ...changes, updated: new Date(world.now()).toISOString() };
  world.store.put('v2.core.event_destination', next.id, next);
  return next;
}

function destinationOf(world: World, id: string): EventDestination {
  const destination = world.store.get('v2.core.event_destination', id);
  if (!destination) throw noSuch('event destination', id);
  return destination;
}

function shown(destination: EventDestination, include: readonly string[] = [], signing_secret?: string): Wire {
  const { url } = destination.webhook_endpoint;
  return {
    ...destination,
    webhook_endpoint: {
      ...(include.includes(URL_FIELD) && { url }),
      ...(include.includes(SECRET_FIELD) && signing_secret !== undefined && { signing_secret }),
    },
  };
}

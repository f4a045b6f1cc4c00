import { create, update } from '../events/recording.ts';
import { asStored } from '../objects/as-stored.ts';
import { given } from '../objects/metadata.ts';
import { activeMeterFor, meterOf } from '../objects/meters.ts';
import type { Meter } from '../records/meters.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, pageParams, params, text } from '../wire/params.ts';
import { operation } from './operation.ts';

export const meterOperations = [
  operation({
    method: 'POST',
    path: '/v1/billing/meters',
    params: {
      customer_mapping: params({ event_payload_key: text(100), type: choice('by_id') }).optional(),
      default_aggregation: params({ formula: choice('count', 'last', 'sum') }),
      display_name: text(250),
      event_name: text(100),
      value_settings: params({ event_payload_key: text(100) }).optional(),
    },
    handle({ world, params: fields }) {
      refuseSecondMeter(world, fields.event_name);
      const now = world.unixNow();
      const meter: Meter = {
        id: world.ids.next('mtr'),
        object: 'billing.meter',
        created: now,
        customer_mapping: fields.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
        default_aggregation: fields.default_aggregation,
        display_name: fields.display_name,
        event_name: fields.event_name,
        event_time_window: null,
        livemode: false,
        status: 'active',
        status_transitions: { deactivated_at: null },
        updated: now,
        value_settings: fields.value_settings ?? { event_payload_key: 'value' },
      };
      return asStored(create(world, 'billing.meter', 'billing.meter.created', meter));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/billing/meters',
    params: { ...pageParams, status: choice('active', 'inactive').optional() },
    handle({ world, params: filter, path }) {
      const wanted = (meter: Meter) => filter.status === undefined || meter.status === filter.status;
      return pageOf(newestFirst(world.store.all('billing.meter'), wanted), filter, path, asStored);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/billing/meters/{id}',
    params: {},
    handle: ({ world, ids }) => asStored(meterOf(world, ids.id)),
  }),
  operation({
    method: 'POST',
    path: '/v1/billing/meters/{id}',
    params: { display_name: text(250).optional() },
    handle({ world, params: fields, ids }) {
      const meter = meterOf(world, ids.id);
      const display_name = given(fields.display_name, meter.display_name);
      const next = { ...meter, display_name, updated: world.unixNow() };
      return asStored(update(world, 'billing.meter', 'billing.meter.updated', next));
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/billing/meters/{id}/deactivate',
    params: {},
    handle({ world, ids }) {
      const meter = meterOf(world, ids.id);
      if (meter.status === 'inactive')
        throw invalidRequest('This meter is already inactive.', { code: 'archived_meter' });
      const now = world.unixNow();
      const next: Meter = { ...meter, status: 'inactive', status_transitions: { deactivated_at: now }, updated: now };
      return asStored(update(world, 'billing.meter', 'billing.meter.deactivated', next));
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/billing/meters/{id}/reactivate',
    params: {},
    handle({ world, ids }) {
      const meter = meterOf(world, ids.id);
      if (meter.status === 'active') throw invalidRequest('This meter is already active.');
      refuseSecondMeter(world, meter.event_name);
      const transitions = { deactivated_at: null };
      const next: Meter = { ...meter, status: 'active', status_transitions: transitions, updated: world.unixNow() };
      return asStored(update(world, 'billing.meter', 'billing.meter.reactivated', next));
    },
  }),
];

function refuseSecondMeter(world: World, eventName: string): void {
  const holder = activeMeterFor(world, eventName);
  if (!holder) return;
  throw invalidRequest(`An active meter (\`${holder.id}\`) already exists with the event name ${eventName}.`, {
    param: 'event_name',
    code: 'resource_already_exists',
  });
}

import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { flag, inRange, listOf, pageParams, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import { asStored } from './presentation.ts';

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: Wire; readonly previous_attributes?: Wire };
  readonly livemode: false;
  /** Endpoints that have not taken it: still on its way, or given up. */
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
}

export const eventOperations = [
  operation({
    method: 'GET',
    path: '/v1/events',
    params: {
      ...pageParams,
      created: timeRange().optional(),
      delivery_success: flag().optional(),
      type: text().optional(),
      types: listOf(text(), 20).optional(),
    },
    handle({ world, params: filter, path }) {
      const events = newestFirst(
        world.store.all('event'),
        event =>
          inRange(filter.created, event.created) &&
          (filter.delivery_success === undefined || (event.pending_webhooks === 0) === filter.delivery_success) &&
          (filter.type === undefined || matches(filter.type, event.type)) &&
          (filter.types === undefined || filter.types.some(wanted => matches(wanted, event.type))),
      );
      return pageOf(events, filter, path, asStored);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/events/{id}',
    params: {},
    handle({ world, ids }) {
      const event = world.store.get('event', ids.id);
      if (!event) throw noSuch('event', ids.id);
      return asStored(event);
    },
  }),
];

/** `invoice.*` stands for every type that begins with `invoice.` */
function matches(wanted: string, type: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type;
}

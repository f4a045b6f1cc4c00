import { asStored } from '../objects/as-stored.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { flag, inRange, listOf, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

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

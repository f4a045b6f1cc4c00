import { invoiceOf, presentInvoice } from '../objects/invoices.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, inRange, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

const status = choice('draft', 'open', 'paid', 'uncollectible', 'void');

export const invoiceOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoices',
    params: {
      ...pageParams,
      collection_method: choice('charge_automatically', 'send_invoice').optional(),
      created: timeRange().optional(),
      customer: text().optional(),
      due_date: timeRange().optional(),
      status: status.optional(),
      subscription: text().optional(),
    },
    handle({ world, params: filter, path }) {
      const same = <Value>(wanted: Value | undefined, value: Value) => wanted === undefined || wanted === value;
      const invoices = newestFirst(
        world.store.all('invoice'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.due_date === undefined || (each.due_date !== null && inRange(filter.due_date, each.due_date))) &&
          same(filter.collection_method, each.collection_method) &&
          same(filter.customer, each.customer) &&
          same(filter.status, each.status) &&
          same(filter.subscription, each.parent.subscription_details.subscription),
      );
      return pageOf(invoices, filter, path, each => presentInvoice(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/invoices/{invoice}',
    params: {},
    handle: ({ world, ids }) => presentInvoice(world, invoiceOf(world, ids.invoice)),
  }),
];

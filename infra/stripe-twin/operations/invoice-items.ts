import { presentInvoiceItem } from '../objects/invoice-items.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { flag, inRange, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

export const invoiceItemOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoiceitems',
    params: {
      ...pageParams,
      created: timeRange().optional(),
      customer: text().optional(),
      invoice: text().optional(),
      pending: flag().optional(),
    },
    handle({ world, params: filter, path }) {
      const items = newestFirst(
        world.store.all('invoiceitem'),
        item =>
          inRange(filter.created, item.date) &&
          (filter.customer === undefined || item.customer === filter.customer) &&
          (filter.invoice === undefined || item.invoice === filter.invoice) &&
          (filter.pending === undefined || (item.invoice === null) === filter.pending),
      );
      return pageOf(items, filter, path, item => presentInvoiceItem(world, item));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/invoiceitems/{invoiceitem}',
    params: {},
    handle({ world, ids }) {
      const item = world.store.get('invoiceitem', ids.invoiceitem);
      if (!item) throw noSuch('invoiceitem', ids.invoiceitem, 'invoiceitem');
      return presentInvoiceItem(world, item);
    },
  }),
];

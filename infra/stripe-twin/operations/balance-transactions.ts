import { asStored } from '../objects/as-stored.ts';
import { customerOf } from '../objects/customers.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { inRange, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

export const balanceTransactionOperations = [
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}/balance_transactions',
    params: { ...pageParams, created: timeRange().optional(), invoice: text().optional() },
    handle({ world, params: filter, ids, path }) {
      const customer = customerOf(world, ids.customer);
      const transactions = newestFirst(
        world.store.all('customer_balance_transaction'),
        each =>
          each.customer === customer.id &&
          inRange(filter.created, each.created) &&
          (filter.invoice === undefined || each.invoice === filter.invoice),
      );
      return pageOf(transactions, filter, path, asStored);
    },
  }),
];

import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { inRange, pageParams, text, timeRange } from '../http/params.ts';
import { customerOf } from './customers.ts';
import type { Metadata } from './metadata.ts';
import { asStored } from './presentation.ts';

/** A movement of a customer's balance; positive: the customer owes more. */
export interface BalanceTransaction {
  readonly id: string;
  readonly object: 'customer_balance_transaction';
  readonly amount: number;
  readonly created: number;
  readonly credit_note: null;
  readonly currency: string;
  readonly customer: string;
  readonly description: string | null;
  readonly ending_balance: number;
  readonly invoice: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: 'applied_to_invoice' | 'invoice_too_small';
}

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

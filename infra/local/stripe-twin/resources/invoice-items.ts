import type { Span } from '../billing/calendar.ts';
import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { flag, inRange, pageParams, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import type { CreditedItems } from './invoice-lines.ts';
import type { Metadata } from './metadata.ts';

/** A proration that waits for the subscription's next invoice (`invoice` null), or the source of a line on one. */
export interface InvoiceItem {
  readonly id: string;
  readonly object: 'invoiceitem';
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly date: number;
  readonly description: string;
  readonly invoice: string | null;
  readonly metadata: Metadata;
  readonly period: Span;
  readonly price: string;
  readonly quantity: number;
  readonly subscription: string;
  readonly subscriptionItem: string;
  readonly credited: CreditedItems | null;
}

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

export function presentInvoiceItem(world: World, item: InvoiceItem): Wire {
  const { price: priceId, subscription, subscriptionItem, credited, ...shown } = item;
  const price = world.store.get('price', priceId);
  return {
    ...shown,
    customer_account: null,
    discountable: false,
    discounts: [],
    livemode: false,
    net_amount: item.amount,
    parent: {
      subscription_details: { subscription, subscription_item: subscriptionItem },
      type: 'subscription_details',
    },
    pricing: {
      price_details: { price: priceId, product: price?.product ?? '' },
      type: 'price_details',
      unit_amount_decimal: price?.unit_amount_decimal ?? null,
    },
    proration: true,
    proration_details: {
      credited_items: credited && { invoice_line_item_details: credited, type: 'invoice_line_items' },
      discount_amounts: [],
    },
    quantity_decimal: String(item.quantity),
    tax_rates: [],
    test_clock: null,
  };
}

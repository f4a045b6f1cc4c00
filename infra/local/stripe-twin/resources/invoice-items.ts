import type { Span } from '../billing/calendar.ts';
import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { flag, inRange, pageParams, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { type CreditedItems, pricingOf } from './invoice-lines.ts';
import type { Metadata } from './metadata.ts';

/** A proration or a one-off that waits for the next invoice (`invoice` null), or the source of a line on one. */
export interface InvoiceItem {
  readonly id: string;
  readonly object: 'invoiceitem';
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly date: number;
  readonly description: string | null;
  readonly invoice: string | null;
  readonly metadata: Metadata;
  readonly period: Span;
  /** Null: just an amount. */
  readonly price: string | null;
  readonly proration: boolean;
  readonly quantity: number;
  /** Null: for the customer's next invoice, whichever it is. */
  readonly subscription: string | null;
  /** Whose fee is prorated. */
  readonly subscriptionItem: string | null;
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
  const price = priceId === null ? undefined : world.store.get('price', priceId);
  return {
    ...shown,
    customer_account: null,
    discountable: false,
    discounts: [],
    livemode: false,
    net_amount: item.amount,
    parent: subscription === null ? null : parentOf(subscription, subscriptionItem),
    pricing: price ? pricingOf(price) : null,
    proration_details: {
      credited_items: credited && { invoice_line_item_details: credited, type: 'invoice_line_items' },
      discount_amounts: [],
    },
    quantity_decimal: String(item.quantity),
    tax_rates: [],
    test_clock: null,
  };
}

function parentOf(subscription: string, item: string | null): Wire {
  const subscription_details = { subscription, ...(item === null ? {} : { subscription_item: item }) };
  return { subscription_details, type: 'subscription_details' };
}

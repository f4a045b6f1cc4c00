import type { Span } from '../billing/calendar.ts';
import { operation } from '../http/operation.ts';
import { pageOf } from '../http/pages.ts';
import { pageParams } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { type Invoice, invoiceOf } from './invoices.ts';
import type { Metadata } from './metadata.ts';
import { asStored } from './presentation.ts';
import type { Price } from './prices.ts';

export interface CreditedItems {
  readonly invoice: string;
  readonly invoice_line_items: readonly string[];
}

export interface Pricing {
  readonly price_details: { readonly price: string; readonly product: string };
  readonly type: 'price_details';
  readonly unit_amount_decimal: string;
}

export interface InvoiceLine {
  readonly id: string;
  readonly object: 'line_item';
  /** Minor units, already rounded. */
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly discount_amounts: readonly never[];
  readonly discountable: boolean;
  readonly discounts: readonly never[];
  readonly invoice: string;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly parent: {
    readonly invoice_item_details: {
      readonly invoice_item: string;
      readonly proration: false;
      readonly proration_details: null;
      readonly subscription: string | null;
    } | null;
    readonly subscription_item_details: {
      /** The pending item that became this line. */
      readonly invoice_item: string | null;
      readonly proration: boolean;
      readonly proration_details: { readonly credited_items: CreditedItems | null };
      readonly subscription: string;
      readonly subscription_item: string;
    } | null;
    readonly type: 'invoice_item_details' | 'subscription_item_details';
  };
  readonly period: Span;
  readonly pretax_credit_amounts: readonly never[];
  /** Null: just an amount. */
  readonly pricing: Pricing | null;
  /** Decimals cut off; `quantity_decimal` has them. */
  readonly quantity: number;
  readonly quantity_decimal: string;
  readonly subscription: string | null;
  readonly subtotal: number;
  readonly taxes: readonly never[];
}

/** Lines that an invoice shows by itself; the rest is paged. */
const LINES_ON_INVOICE = 10;

export const invoiceLineOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoices/{invoice}/lines',
    params: pageParams,
    handle: ({ world, params: page, ids, path }) =>
      pageOf(linesOf(world, invoiceOf(world, ids.invoice)), page, path, asStored),
  }),
];

/** In the order of the invoice: pending items and subscription items, each newest first. */
export function linesOf(world: World, invoice: Invoice): InvoiceLine[] {
  return invoice.lineIds.map(id => world.store.get('line_item', id)).filter(line => line !== undefined);
}

export function pricingOf({ id, product, unit_amount_decimal }: Price): Pricing {
  return { price_details: { price: id, product }, type: 'price_details', unit_amount_decimal };
}

export function firstLines(world: World, invoice: Invoice): Wire {
  return pageOf(linesOf(world, invoice), { limit: LINES_ON_INVOICE }, `/v1/invoices/${invoice.id}/lines`, asStored);
}

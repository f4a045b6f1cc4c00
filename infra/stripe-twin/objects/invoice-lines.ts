import type { InvoiceLine, Pricing } from '../records/invoice-lines.ts';
import type { Invoice } from '../records/invoices.ts';
import type { Price } from '../records/prices.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { pageOf } from '../wire/pages.ts';
import { asStored } from './as-stored.ts';

/** Lines that an invoice shows by itself; the rest is paged. */
const LINES_ON_INVOICE = 10;

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

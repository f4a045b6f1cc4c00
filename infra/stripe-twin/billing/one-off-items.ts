import { update } from '../events/recording.ts';
import { pricingOf } from '../objects/invoice-lines.ts';
import { priceFrom } from '../objects/prices.ts';
import type { InvoiceItem } from '../records/invoice-items.ts';
import type { InvoiceLine } from '../records/invoice-lines.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { measureInvoice } from './measure-invoice.ts';

/** Stripe's ceiling for lines that do not come from the subscription. */
const ITEMS_AT_MOST = 250;

/** Writes the line of an item that is not a proration. */
export function takeOneOff(world: World, item: InvoiceItem & { readonly invoice: string }): InvoiceLine {
  const line: InvoiceLine = {
    id: world.ids.next('il'),
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: item.invoice,
    livemode: false,
    metadata: item.metadata,
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: false,
        proration_details: null,
        subscription: item.subscription,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.price === null ? null : pricingOf(priceFrom(world, item.price, 'price')),
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: item.subscription,
    subtotal: item.amount,
    taxes: [],
  };
  world.store.put('line_item', line.id, line);
  update(world, 'invoiceitem', 'invoiceitem.updated', item);
  return line;
}

/** Puts items at the end of a draft, oldest first. */
export function addToDraft(world: World, draft: Invoice, items: readonly InvoiceItem[]): Invoice {
  const added = items.map(item => takeOneOff(world, { ...item, invoice: draft.id }).id);
  const lineIds = [...draft.lineIds, ...added];
  if (lineIds.length - draft.metered.length > ITEMS_AT_MOST) {
    throw invalidRequest(`Invoices can have at most ${ITEMS_AT_MOST} invoice items.`);
  }
  return update(world, 'invoice', 'invoice.updated', measureInvoice(world, { ...draft, lineIds }));
}

/** Takes the line of an item off a draft. */
export function removeFromDraft(world: World, draft: Invoice, item: string): Invoice {
  const isItsLine = (id: string) => sourceOf(world.store.get('line_item', id)) === item;
  const lineIds = draft.lineIds.filter(id => !isItsLine(id));
  for (const id of draft.lineIds) if (isItsLine(id)) world.store.remove('line_item', id);
  return update(world, 'invoice', 'invoice.updated', measureInvoice(world, { ...draft, lineIds }));
}

function sourceOf(line: InvoiceLine | undefined): string | null | undefined {
  return (line?.parent.invoice_item_details ?? line?.parent.subscription_item_details)?.invoice_item;
}

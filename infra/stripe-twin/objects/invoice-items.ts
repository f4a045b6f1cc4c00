import type { InvoiceItem } from '../records/invoice-items.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { pricingOf } from './invoice-lines.ts';

export function presentInvoiceItem(world: World, item: InvoiceItem): Wire {
  const { price: priceId, subscription, subscriptionItem, credited, ...shown } = item;
  const price = priceId === null ? undefined : world.store.get('price', priceId);
  return {
    ...shown,
    customer_account: null,
    discountable: !item.proration,
    discounts: [],
    livemode: false,
    net_amount: item.amount,
    parent: subscription === null ? null : parentOf(subscription, subscriptionItem),
    pricing: price ? { ...pricingOf(price), ...(item.proration && { unit_amount_decimal: null }) } : null,
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

import { fixCurrency } from '../billing/fix-currency.ts';
import { addToDraft, removeFromDraft } from '../billing/one-off-items.ts';
import { announce } from '../events/announcing.ts';
import { create } from '../events/recording.ts';
import { customerFrom } from '../objects/customers.ts';
import { presentInvoiceItem } from '../objects/invoice-items.ts';
import { invoiceOf, presentInvoice } from '../objects/invoices.ts';
import { subscriptionFrom } from '../objects/subscriptions.ts';
import type { InvoiceItem } from '../records/invoice-items.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { currency, listOf, params, text } from '../wire/params.ts';
import { requireDraft } from './invoice-updates.ts';
import { newOneOff, oneOffParams } from './one-off-params.ts';
import { operation } from './operation.ts';

/** Items on a draft, or waiting for the next one; lines of a draft. */
export const invoiceItemChanges = [
  operation({
    method: 'POST',
    path: '/v1/invoiceitems',
    params: {
      ...oneOffParams,
      currency: currency().optional(),
      customer: text(),
      invoice: text().optional(),
      subscription: text().optional(),
    },
    handle({ world, params: { customer: customerId, invoice, subscription: behind, currency: code, ...wish } }) {
      const customer = customerFrom(world, customerId);
      const draft = invoice === undefined ? undefined : draftFor(world, invoice, customer.id);
      const subscription = behind === undefined ? null : subscriptionFrom(world, behind, 'subscription').id;
      const known = code ?? draft?.currency ?? customer.currency ?? undefined;
      const item = newOneOff(world, { customer: customer.id, currency: known, subscription }, wish);
      fixCurrency(world, customer.id, item.currency);
      create(world, 'invoiceitem', 'invoiceitem.created', item);
      if (draft) put(world, draft, [item]);
      return presentInvoiceItem(world, world.store.get('invoiceitem', item.id) ?? item);
    },
  }),
  operation({
    method: 'DELETE',
    path: '/v1/invoiceitems/{invoiceitem}',
    params: {},
    handle({ world, ids }) {
      const item = world.store.get('invoiceitem', ids.invoiceitem);
      if (!item) throw noSuch('invoiceitem', ids.invoiceitem, 'invoiceitem');
      if (item.invoice !== null) removeFromDraft(world, requireDraft(invoiceOf(world, item.invoice)), item.id);
      world.store.remove('invoiceitem', item.id);
      announce(world, 'invoiceitem.deleted', presentInvoiceItem(world, item));
      return { id: item.id, object: item.object, deleted: true };
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/add_lines',
    params: { lines: listOf(params(oneOffParams), 250) },
    handle({ world, params: { lines }, ids }) {
      const draft = requireDraft(invoiceOf(world, ids.invoice));
      const place = { customer: draft.customer, currency: draft.currency, subscription: null };
      const items = lines.map(wish => newOneOff(world, place, wish));
      for (const item of items) create(world, 'invoiceitem', 'invoiceitem.created', item);
      return presentInvoice(world, put(world, draft, items));
    },
  }),
];

function put(world: World, draft: Invoice, items: readonly InvoiceItem[]): Invoice {
  const foreign = items.find(item => item.currency !== draft.currency);
  if (!foreign) return addToDraft(world, draft, items);
  throw invalidRequest(`The invoice is in ${draft.currency}, the item in ${foreign.currency}.`, { param: 'currency' });
}

function draftFor(world: World, id: string, customer: string): Invoice {
  const draft = requireDraft(invoiceOf(world, id));
  if (draft.customer === customer) return draft;
  throw invalidRequest(`The invoice ${id} does not belong to the customer ${customer}.`, { param: 'invoice' });
}

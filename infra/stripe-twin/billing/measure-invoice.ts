import { customerBehind } from '../objects/customers.ts';
import { linesOf } from '../objects/invoice-lines.ts';
import { subscriptionOf } from '../objects/subscriptions.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { lineFrom } from './line-drafts.ts';
import { measuredLine } from './metered-lines.ts';

/** Brings the metered lines and all sums up to what was reported so far. */
export function measureInvoice(world: World, invoice: Invoice): Invoice {
  const subscription = subscriptionOf(world, invoice.parent.subscription_details.subscription);
  for (const entry of invoice.metered) {
    const draft = measuredLine(world, entry);
    if (draft) world.store.put('line_item', entry.lineId, lineFrom(draft, entry.lineId, invoice.id, subscription));
    else world.store.remove('line_item', entry.lineId);
  }
  const total = linesOf(world, invoice).reduce((sum, line) => sum + line.amount, 0);
  const starting_balance = customerBehind(world, invoice.customer).balance;
  const due = Math.max(0, total + starting_balance);
  return { ...invoice, subtotal: total, total, starting_balance, amount_due: due, amount_remaining: due };
}

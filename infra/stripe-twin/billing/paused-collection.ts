import { subscriptionOf } from '../objects/subscriptions.ts';
import type { Invoice } from '../records/invoices.ts';
import type { Subscription } from '../records/subscriptions.ts';
import type { World } from '../store/world.ts';
import { markUncollectible, voidInvoice } from './settle-invoice.ts';

/** New invoices stay drafts until somebody finalises them. */
export function keepsDrafts({ pause_collection, status }: Subscription): boolean {
  return pause_collection?.behavior === 'keep_as_draft' || status === 'unpaid';
}

/** While collection is paused a new invoice is void or a bad debt as soon as it is final. */
export function isNotCollected(world: World, invoice: Invoice): boolean {
  const { pause_collection: paused } = subscriptionOf(world, invoice.parent.subscription_details.subscription);
  if (paused === null || paused.behavior === 'keep_as_draft') return false;
  if (paused.behavior === 'void') voidInvoice(world, invoice);
  else markUncollectible(world, invoice);
  return true;
}

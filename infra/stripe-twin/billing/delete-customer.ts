import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { presentCustomer } from '../objects/customers.ts';
import { hasEnded } from '../objects/subscriptions.ts';
import type { Customer } from '../records/customers.ts';
import type { World } from '../store/world.ts';
import { endSubscription } from './end-subscription.ts';
import { withoutRetry } from './retries.ts';

/** For good: subscriptions end at once, what is open is not collected any more, payment methods are let go. */
export function deleteCustomer(world: World, customer: Customer): Customer {
  for (const subscription of [...world.store.all('subscription')]) {
    if (subscription.customer === customer.id && !hasEnded(subscription)) endSubscription(world, subscription, {});
  }
  for (const invoice of [...world.store.all('invoice')]) {
    if (invoice.customer !== customer.id || invoice.status !== 'draft') continue;
    world.agenda.cancel('finalise', invoice.id);
    const held = { ...withoutRetry(world, invoice), auto_advance: false, automatically_finalizes_at: null };
    update(world, 'invoice', 'invoice.updated', held);
  }
  for (const method of [...world.store.all('payment_method')]) {
    if (method.customer !== customer.id) continue;
    update(world, 'payment_method', 'payment_method.detached', { ...method, customer: null });
  }
  const deleted = { ...customer, isDeleted: true };
  world.store.put('customer', customer.id, deleted);
  announce(world, 'customer.deleted', presentCustomer(world, customer));
  return deleted;
}

import { update } from '../events/recording.ts';
import { customerFrom } from '../objects/customers.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';

/** The first money that a customer is asked for fixes its currency. */
export function fixCurrency(world: World, id: string, currency: string): void {
  const customer = customerFrom(world, id);
  if (customer.currency === currency) return;
  if (customer.currency !== null) {
    throw invalidRequest(
      `You cannot combine currencies on a single customer. This customer has had a subscription, coupon, or invoice item with currency ${customer.currency}`,
      { param: 'currency' },
    );
  }
  update(world, 'customer', 'customer.updated', { ...customer, currency });
}

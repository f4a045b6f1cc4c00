import { announce } from '../events/announcing.ts';
import { presentSubscription, subscriptionOf } from '../objects/subscriptions.ts';
import type { World } from '../store/world.ts';

/** Work on the items of a subscription: what of it shows goes into one event. */
export function announcingItems<Result>(world: World, id: string, work: () => Result): Result {
  const before = presentSubscription(world, subscriptionOf(world, id));
  const result = work();
  const after = presentSubscription(world, subscriptionOf(world, id));
  const changed = JSON.stringify(before) !== JSON.stringify(after);
  if (changed) announce(world, 'customer.subscription.updated', after, before);
  return result;
}

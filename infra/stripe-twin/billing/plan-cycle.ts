import { itemsOf, subscriptionOf } from '../objects/subscriptions.ts';
import type { World } from '../store/world.ts';

/** The twin comes back to a subscription when the first of its items' periods ends. */
export function planCycle(world: World, subscription: string): void {
  const ends = itemsOf(world, subscriptionOf(world, subscription)).map(item => item.current_period_end);
  if (ends.length > 0) world.agenda.plan('cycle', subscription, Math.max(Math.min(...ends) * 1_000, world.now()));
}

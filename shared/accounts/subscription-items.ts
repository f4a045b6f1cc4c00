import type { ItemChanges, SubscribedItem, WantedItem } from './billing-provider.ts';
import type { PlanPrices } from './tariff.ts';

/**
 * What a subscription with these lines contains: a fee item per plan with the number of its lines, and every metered
 * price of the plans once, from the start: an item added later would not bill what was reported before.
 */
export function wantedItems(linesPlans: readonly PlanPrices[]): WantedItem[] {
  const fees = new Map<string, number>();
  for (const { fee } of linesPlans) fees.set(fee, (fees.get(fee) ?? 0) + 1);
  const metered = new Set(linesPlans.flatMap(plan => plan.metered));
  return [...[...fees].map(([price, quantity]) => ({ price, quantity })), ...[...metered].map(price => ({ price }))];
}

/**
 * From what is there to what is wanted; nothing when they agree, so that a repeat changes nothing. Items that nobody
 * here wants are left alone: they were put there by somebody else.
 */
export function itemChanges(wanted: readonly WantedItem[], there: readonly SubscribedItem[]): ItemChanges {
  const byPrice = new Map(there.map(item => [item.price, item]));
  return {
    add: wanted.filter(want => !byPrice.has(want.price)),
    set: wanted.flatMap(want => {
      const item = byPrice.get(want.price);
      const differs = item !== undefined && want.quantity !== undefined && item.quantity !== want.quantity;
      return differs ? [{ item: item.item, quantity: want.quantity }] : [];
    }),
  };
}

export function isEmpty(changes: ItemChanges): boolean {
  return changes.add.length === 0 && changes.set.length === 0;
}

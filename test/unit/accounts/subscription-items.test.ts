import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscribedItem, WantedItem } from '#shared/accounts/billing-provider.ts';
import { isEmpty, itemChanges, wantedItems } from '#shared/accounts/subscription-items.ts';

const big = { fee: 'fee-big', metered: ['calls', 'data-big'] };
const small = { fee: 'fee-small', metered: ['calls', 'data-small'] };

describe('the items of a subscription', () => {
  it('count the lines of each plan and hold every metered price once', () => {
    expect(wantedItems([big, small, big])).toEqual([
      { price: 'fee-big', quantity: 2 },
      { price: 'fee-small', quantity: 1 },
      { price: 'calls' },
      { price: 'data-big' },
      { price: 'data-small' },
    ]);
  });

  it('of a second line on the same plan are one more of the fee', () => {
    const there = subscribed(wantedItems([big]));

    const changes = itemChanges(wantedItems([big, big]), there);

    expect(changes).toEqual({ add: [], set: [{ item: 'si-fee-big', quantity: 2 }] });
  });

  it('of a line on another plan are its fee and what it meters alone', () => {
    const there = subscribed(wantedItems([big]));

    const changes = itemChanges(wantedItems([big, small]), there);

    expect(changes).toEqual({ add: [{ price: 'fee-small', quantity: 1 }, { price: 'data-small' }], set: [] });
  });

  it('that somebody else put there are left alone', () => {
    const there = subscribed([...wantedItems([big]), { price: 'support', quantity: 3 }]);

    expect(isEmpty(itemChanges(wantedItems([big]), there))).toBe(true);
  });

  it('are complete after one change, from wherever it starts', () => {
    const plans = fc.array(fc.constantFrom(big, small), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(plans, plans, (before, after) => {
        const there = subscribed(wantedItems(before));
        const wanted = wantedItems(after);

        const changed = applied(there, itemChanges(wanted, there));

        expect(isEmpty(itemChanges(wanted, changed))).toBe(true);
      }),
    );
  });
});

function subscribed(items: readonly WantedItem[]): SubscribedItem[] {
  return items.map(item => ({ ...item, item: `si-${item.price}` }));
}

function applied(there: readonly SubscribedItem[], changes: ReturnType<typeof itemChanges>): SubscribedItem[] {
  const quantities = new Map(changes.set.map(({ item, quantity }) => [item, quantity]));
  const kept = there.map(item => ({ ...item, quantity: quantities.get(item.item) ?? item.quantity }));
  return [...kept, ...subscribed(changes.add)];
}

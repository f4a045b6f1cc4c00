import { describe, expect, it } from 'vitest';
import type { SubscriptionPart } from '#shared/accounts/provisioning/billing-provider.ts';
import type { Part } from '#shared/accounts/provisioning/part.ts';
import { changeParams, partsParams } from '#shared/stripe/subscription-parts.ts';
import { aSubscription, fee, metered } from '#test/builders/provisioning.ts';

const promotion = (id: string): Part => ({ kind: 'promotion', id });
const taxRate = (id: string): Part => ({ kind: 'tax-rate', id });
const current = (part: Part, reference: string, isOurs = true): SubscriptionPart => ({ ...part, reference, isOurs });

describe('parts of a subscription in Stripe’s words', () => {
  it('are items with our mark, discounts by coupon, and default tax rates', () => {
    const parts = [fee('price_fee', 2), metered('price_calls'), promotion('dunlin_spring'), taxRate('txr_25')];

    expect(partsParams(parts)).toEqual({
      items: [
        { price: 'price_fee', quantity: 2, metadata: { dunlin_part: 'fee', dunlin_quantity: '2' } },
        { price: 'price_calls', metadata: { dunlin_part: 'metered' } },
      ],
      discounts: [{ coupon: 'dunlin_spring' }],
      default_tax_rates: ['txr_25'],
    });
    expect(partsParams([metered('price_calls')])).toEqual({
      items: [{ price: 'price_calls', metadata: { dunlin_part: 'metered' } }],
    });
  });

  const subscription = aSubscription([
    current(fee('price_fee', 2), 'si_1'),
    current(fee('price_old', 1), 'si_2'),
    current(promotion('goodwill'), 'di_1', false),
    current(promotion('dunlin_spring'), 'di_2'),
    current(taxRate('txr_12'), 'txr_12'),
  ]);

  it('are changed item by item: a quantity, one that goes, one that comes', () => {
    const changes = {
      set: [fee('price_fee', 3)],
      remove: [current(fee('price_old', 1), 'si_2')],
      add: [{ kind: 'add-on' as const, id: 'price_extra', quantity: 1 }],
    };

    expect(changeParams(subscription, changes)).toEqual({
      items: [
        { id: 'si_1', quantity: 3, metadata: { dunlin_quantity: '3' } },
        { id: 'si_2', deleted: true },
        { price: 'price_extra', quantity: 1, metadata: { dunlin_part: 'add-on', dunlin_quantity: '1' } },
      ],
    });
  });

  it('keep what a person added to a quantity of ours, or took off', () => {
    const change = (quantity: number, ourQuantity: number, wanted: number) =>
      changeParams(aSubscription([{ ...current(fee('price_fee', quantity), 'si_1'), ourQuantity }]), {
        set: [fee('price_fee', wanted)],
        add: [],
        remove: [],
      }).items;

    // 2 of ours, and one more by hand: with a third line of ours 3 + 1
    expect(change(3, 2, 3)).toEqual([{ id: 'si_1', quantity: 4, metadata: { dunlin_quantity: '3' } }]);
    // 3 of ours, of which two were taken off by hand: without two lines nothing is left
    expect(change(1, 3, 1)).toEqual([{ id: 'si_1', quantity: 0, metadata: { dunlin_quantity: '1' } }]);
  });

  it('leave other people’s promotions where the whole list is given, and clear a list that becomes empty', () => {
    const changes = {
      set: [],
      add: [promotion('dunlin_summer')],
      remove: [current(promotion('dunlin_spring'), 'di_2'), current(taxRate('txr_12'), 'txr_12')],
    };

    expect(changeParams(subscription, changes)).toEqual({
      discounts: [{ discount: 'di_1' }, { coupon: 'dunlin_summer' }],
      default_tax_rates: '',
    });
  });
});

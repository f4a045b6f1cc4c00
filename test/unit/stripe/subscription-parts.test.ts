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
        { price: 'price_fee', quantity: 2, metadata: { dunlin_part: 'fee' } },
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
        { id: 'si_1', quantity: 3 },
        { id: 'si_2', deleted: true },
        { price: 'price_extra', quantity: 1, metadata: { dunlin_part: 'add-on' } },
      ],
    });
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

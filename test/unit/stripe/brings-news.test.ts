import { describe, expect, it } from 'vitest';
import { bringsNews } from '#shared/stripe/events/brings-news.ts';
import { aSnapshotEvent, aThinEvent } from '#test/builders/stripe-events.ts';

function anUpdate(type: string, object: object, previous: object) {
  const event = aSnapshotEvent({ type, object });
  return { ...event, data: { ...event.data, previous_attributes: previous } };
}

const anInvoice = (status: string) => ({ id: 'in_1', object: 'invoice', customer: 'cus_1', status });
const held = { auto_advance: false, metadata: { dunlin_gate: 'held' } };
/** One item of ours, with this quantity. */
const itemsOf = (quantity: number, ours: number) => ({
  data: [
    {
      id: 'si_1',
      price: { id: 'price_fee' },
      quantity,
      metadata: { dunlin_part: 'fee', dunlin_quantity: String(ours) },
      current_period_start: 1_793_491_200,
      current_period_end: 1_796_083_200,
    },
  ],
});
const aSubscription = { id: 'sub_1', object: 'subscription', customer: 'cus_1', status: 'active' };

describe('an event that leads to nothing', () => {
  it.each([
    ['an update of a draft', anUpdate('invoice.updated', anInvoice('draft'), { footer: null })],
    ['a draft that we hold', anUpdate('invoice.updated', { ...anInvoice('draft'), ...held }, { auto_advance: true })],
    [
      'a quantity that we changed',
      anUpdate('customer.subscription.updated', { ...aSubscription, items: itemsOf(3, 3) }, { items: itemsOf(2, 2) }),
    ],
    [
      'a subscription whose draft was made',
      anUpdate('customer.subscription.updated', aSubscription, { latest_invoice: 'in_0' }),
    ],
    [
      'a subscription in its next period',
      anUpdate('customer.subscription.updated', aSubscription, { items: { data: [] }, latest_invoice: 'in_0' }),
    ],
  ])('is %s', (_, event) => {
    expect(bringsNews(event)).toBe(false);
  });
});

describe('an event that may lead to something', () => {
  it.each([
    [
      'a draft that a person stopped',
      anUpdate('invoice.updated', { ...anInvoice('draft'), auto_advance: false }, { auto_advance: true }),
    ],
    [
      'a quantity that a person changed',
      anUpdate('customer.subscription.updated', { ...aSubscription, items: itemsOf(3, 2) }, { items: itemsOf(2, 2) }),
    ],
    [
      'a quantity that a person set back',
      anUpdate('customer.subscription.updated', { ...aSubscription, items: itemsOf(2, 2) }, { items: itemsOf(3, 2) }),
    ],
    ['an update of an open invoice', anUpdate('invoice.updated', anInvoice('open'), { amount_remaining: 100 })],
    ['an update of a paid invoice', anUpdate('invoice.updated', anInvoice('paid'), { status: 'open' })],
    ['a draft that was made', aSnapshotEvent({ type: 'invoice.created', object: anInvoice('draft') })],
    [
      'a subscription that became active',
      anUpdate('customer.subscription.updated', aSubscription, { status: 'incomplete' }),
    ],
    [
      'a subscription with another card, in its next period',
      anUpdate('customer.subscription.updated', aSubscription, {
        default_payment_method: null,
        latest_invoice: 'in_0',
      }),
    ],
    ['an update that does not say of what', aSnapshotEvent({ type: 'customer.subscription.updated' })],
    ['a notification without data', aThinEvent()],
    ['anything else', { hello: 'world' }],
  ])('is %s', (_, event) => {
    expect(bringsNews(event)).toBe(true);
  });
});

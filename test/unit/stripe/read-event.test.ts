import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EventMessage } from '#shared/reactions/event-message.ts';
import { ACCOUNT_REACTIONS, SNAPSHOT_TYPES, THIN_TYPES } from '#shared/reactions/reactions.ts';
import { readEvent } from '#shared/stripe/events/read-event.ts';
import { aSnapshotEvent, aThinEvent } from '#test/builders/stripe-events.ts';

const NOVEMBER = Date.UTC(2026, 10, 1);

describe('an event on its way to the queue', () => {
  test('says where to look, and nothing of what was there to be seen', () => {
    const message = readEvent(aSnapshotEvent());

    expect(message).toEqual({
      id: 'evt_1',
      type: 'invoice.paid',
      object: 'in_1',
      customer: 'cus_1',
      createdAt: NOVEMBER,
    });
  });

  test.each([
    ['the customer that it belongs to', { id: 'pm_1', object: 'payment_method', customer: 'cus_2' }, 'cus_2'],
    ['a customer that is expanded', { id: 'in_1', object: 'invoice', customer: { id: 'cus_3' } }, 'cus_3'],
    ['the customer that it is about', { id: 'cus_4', object: 'customer' }, 'cus_4'],
    ['no customer', { id: 'pm_1', object: 'payment_method', customer: null }, undefined],
    ['an object without id', { object: 'balance' }, undefined],
  ])('names %s', (_, object, customer) => {
    expect(readEvent(aSnapshotEvent({ object }))?.customer).toBe(customer);
  });

  test('names the meter where it is thin, and comes without data', () => {
    expect(readEvent(aThinEvent({ meter: 'mtr_7' }))).toEqual({
      id: 'evt_thin_1',
      type: 'v1.billing.meter.error_report_triggered',
      object: 'mtr_7',
      createdAt: NOVEMBER,
    });
    expect(readEvent({ ...aThinEvent(), related_object: null })?.object).toBeUndefined();
  });

  test.each([null, 7, [], {}, { object: 'invoice', id: 'in_1' }, { ...aSnapshotEvent(), type: undefined }])(
    'is not made of what is not an event',
    payload => {
      expect(readEvent(payload)).toBeUndefined();
    },
  );

  test('reads as it was written', () => {
    const message = readEvent(aSnapshotEvent());

    expect(EventMessage.parse(JSON.parse(JSON.stringify(z.encode(EventMessage, message ?? fail()))))).toEqual(message);
  });
});

function fail(): never {
  throw new Error('There is an event.');
}

describe('the types that something reacts to', () => {
  test('are all led to something, and each comes by one kind of endpoint', () => {
    expect([...ACCOUNT_REACTIONS.values()].filter(reactions => reactions.length === 0)).toEqual([]);
    expect(SNAPSHOT_TYPES.filter(type => /^v\d\./.test(type))).toEqual([]);
    expect(THIN_TYPES.filter(type => !/^v\d\./.test(type))).toEqual([]);
  });
});

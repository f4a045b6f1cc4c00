import { beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '#infra/local/gateway/fault-plan.ts';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud();

beforeEach(() => {
  small.cloud.calls.reset();
  small.cloud.faults.clear();
  small.stripe.received.length = 0;
});

/** Sends one message, to be counted in the table and told to Stripe, under one fault. */
async function workUnder(id: string, address: string, fault: Fault, message: object = {}): Promise<void> {
  small.cloud.faults.plan(address, fault);
  await small.send({ id, stripe: true, ...message });
  await small.cloud.settle();
  expect(small.cloud.faults.hit).toEqual([address]);
  expect(small.cloud.faults.missed).toEqual([]);
}

describe('each call can be reached by function, operation and number', () => {
  test('an undisturbed message is counted once and told to Stripe once', async () => {
    await small.send({ id: 'calm', stripe: true });
    await small.cloud.settle();

    expect(await small.seen('calm')).toBe(1);
    expect(small.stripe.received).toEqual(['calm']);
    expect(small.cloud.calls.list().map(call => call.address)).toEqual(
      expect.arrayContaining([
        'echo SQS.SendMessage #1',
        'work DynamoDB.UpdateItem #1',
        'work Stripe.POST /v1/billing/meter_events #1',
      ]),
    );
  });

  test('killed before the call: the part never heard of it, the message comes again', async () => {
    await workUnder('before', 'work DynamoDB.UpdateItem #1', 'kill-before');

    expect(await small.seen('before')).toBe(1);
    expect(small.log.at(-1)).toMatch(/^work: work died/);
  });

  test('killed after the call: the part did it, the message comes again and does it a second time', async () => {
    await workUnder('after', 'work DynamoDB.UpdateItem #1', 'kill-after');

    expect(await small.seen('after')).toBe(2);
    expect(small.stripe.received).toEqual(['after']);
  });

  test('killed after Stripe was told: Stripe hears it twice', async () => {
    await workUnder('told', 'work Stripe.POST /v1/billing/meter_events #1', 'kill-after');

    expect(small.stripe.received).toEqual(['told', 'told']);
  });

  test('a lost answer reaches the function as a broken connection, and the effect stays', async () => {
    await workUnder('lost', 'work DynamoDB.UpdateItem #1', 'drop-after');

    // The SDK repeats by itself: both took effect.
    expect(await small.seen('lost')).toBe(2);
  });

  test('a connection that breaks early leaves no effect', async () => {
    await workUnder('early', 'work Stripe.POST /v1/billing/meter_events #1', 'drop-before');

    expect(small.stripe.received).toEqual(['early']);
  });

  test('a throttled table refuses once, the SDK tries again', async () => {
    await workUnder('throttled', 'work DynamoDB.UpdateItem #1', 'throttle');

    expect(await small.seen('throttled')).toBe(1);
    expect(small.cloud.calls.list().filter(call => call.address.startsWith('work DynamoDB.UpdateItem'))).toHaveLength(
      2,
    );
  });

  test('a transaction in conflict is cancelled with reasons', async () => {
    await workUnder('conflict', 'work DynamoDB.TransactWriteItems #1', 'conflict', { transact: true });

    expect(await small.seen('conflict')).toBe(1);
    expect(small.log.join()).toContain('TransactionCanceledException');
  });

  test('Stripe answers 500 without, or with, having done it', async () => {
    await workUnder('not-done', 'work Stripe.POST /v1/billing/meter_events #1', { status: 500 });
    expect(small.stripe.received).toEqual(['not-done']);

    small.cloud.faults.clear();
    small.stripe.received.length = 0;
    await workUnder('done', 'work Stripe.POST /v1/billing/meter_events #3', { status: 500, after: true });
    expect(small.stripe.received).toEqual(['done', 'done']);
  });

  test('a message that was worked on can come again all the same', async () => {
    await workUnder('again', 'work Queue.Delivery #1', 'redeliver');

    expect(await small.seen('again')).toBe(2);
  });
});

describe('Stripe in trouble for a while', () => {
  test('down: nothing arrives; up again: what waited arrives', async () => {
    await small.post('/_local/faults', { stripe: { down: true } });
    await small.send({ id: 'waits', stripe: true });
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(small.stripe.received).toEqual([]);

    await small.post('/_local/faults', {});
    await small.cloud.settle();
    expect(small.stripe.received).toEqual(['waits']);
  });

  test('an unknown fault is refused by name', async () => {
    const response = await small.post('/_local/faults', { stripe: { upsideDown: true } });

    expect(response.status).toBe(422);
    expect(await response.text()).toContain('upsideDown');
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ComingCall } from '#infra/local/gateway/fault-plan.ts';
import { useSmallCloud } from './small-cloud.ts';

const Work = z.object({ id: z.string() });
/** `a-1` and `a-2` belong together. */
const familyOf = (body: string) => Work.parse(JSON.parse(body)).id.slice(0, 1);

const small = useSmallCloud({ together: familyOf });

beforeEach(() => {
  small.cloud.calls.reset();
  small.cloud.faults.clear();
  small.stripe.received.length = 0;
});

const Invoked = z.object({ Records: z.array(z.object({ body: z.string() })) });

function idsOf(event: string | undefined): string[] {
  const parsed = Invoked.safeParse(JSON.parse(event ?? '{}'));
  return parsed.success ? parsed.data.Records.map(({ body }) => Work.parse(JSON.parse(body)).id) : [];
}

describe('where deliveries come in turn', () => {
  test('nothing is delivered before time settles, and then only what belongs together in one batch', async () => {
    const batches: string[][] = [];
    small.cloud.faults.disturbBy({
      faultOf: ({ operation, event }) => {
        if (operation === 'Queue.Delivery') batches.push(idsOf(event));
        return undefined;
      },
      startsCold: () => false,
    });
    for (const id of ['a-1', 'b-1', 'a-2']) await small.send({ id, stripe: true });

    expect(small.cloud.queueLength('dunlin-dev-work')).toBe(3);
    expect(small.stripe.received).toEqual([]);

    await small.cloud.settle();

    expect(batches).toEqual([['a-1', 'a-2'], ['b-1']]);
    expect(small.stripe.received.toSorted()).toEqual(['a-1', 'a-2', 'b-1']);
    expect(small.cloud.queueLength('dunlin-dev-work')).toBe(0);
  });

  test('a call is disturbed for what it is about; what was not done comes again', async () => {
    const calls: string[] = [];
    let isHit = false;
    small.cloud.faults.disturbBy({
      faultOf: ({ function: caller, operation, event, request }: ComingCall) => {
        if (caller !== 'work' || operation !== 'DynamoDB.UpdateItem') return undefined;
        calls.push(idsOf(event).join(' '));
        if (isHit || request?.body.includes('b-2') !== true) return undefined;
        isHit = true;
        return 'kill-after';
      },
      startsCold: () => false,
    });
    for (const id of ['a-3', 'b-2']) await small.send({ id });
    await small.cloud.settle();

    expect(calls).toEqual(['a-3', 'b-2', 'b-2']);
    expect(await small.seen('a-3')).toBe(1);
    expect(await small.seen('b-2')).toBe(2);
    expect(small.cloud.faults.hit).toEqual(['work DynamoDB.UpdateItem #2']);
  });

  test('an environment can be made to start anew before an invocation', async () => {
    const count = async (path: string) => (await small.post(path)).json();
    await count('/count');
    small.cloud.faults.disturbBy({ faultOf: () => undefined, startsCold: (_, event) => event.includes('cold=yes') });

    expect(await count('/count')).toEqual({ counted: 2 });
    expect(await count('/count?cold=yes')).toEqual({ counted: 1 });
    expect(await count('/count')).toEqual({ counted: 2 });
  });
});

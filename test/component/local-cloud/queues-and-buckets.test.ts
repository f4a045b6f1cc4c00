import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud();
const faults = (stripe: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ stripe }),
});
const ANY = { accessKeyId: 'any', secretAccessKey: 'any' };

describe('queues', () => {
  test('many messages come in batches of at most ten', async () => {
    const ids = Array.from({ length: 25 }, (_, n) => `batch-${n}`);
    await Promise.all(ids.map(id => small.send({ id })));
    await small.cloud.settle();

    const sizes = await Promise.all(ids.map(async id => Number((await small.item(id))?.batchSize?.N)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    expect(Math.max(...sizes)).toBeGreaterThan(1);
  });

  test('a message that never succeeds goes to the dead letters, its neighbours do not come again', async () => {
    await small.send({ id: 'poison', poison: true });
    await small.send({ id: 'neighbour' });
    await small.cloud.settle();

    expect(await small.seen('neighbour')).toBe(1);
    expect(small.cloud.queueLength('dunlin-dev-work-dlq')).toBe(1);
    expect(small.cloud.queueLength('dunlin-dev-work')).toBe(0);
  });

  test('dead letters can be sent again, as the runbook says', async () => {
    const disturb = (stripe: object) => fetch(`${small.cloud.api}/_local/faults`, faults(stripe));
    const sqs = new SQSClient({ endpoint: small.cloud.aws.endpoint, region: 'eu-north-1', credentials: ANY });
    const SourceArn = 'arn:aws:sqs:eu-north-1:000000000000:dunlin-dev-work-dlq';
    const given = small.cloud.queueLength('dunlin-dev-work-dlq');
    await disturb({ down: true });
    await small.send({ id: 'again', stripe: true });
    await small.cloud.settle();
    const tried = await small.seen('again');
    expect(small.cloud.queueLength('dunlin-dev-work-dlq')).toBe(given + 1);

    await disturb({ down: false });
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await small.cloud.settle();

    expect(await small.seen('again')).toBe(tried + 1);
    // What has another cause than Stripe is back where it was.
    expect(small.cloud.queueLength('dunlin-dev-work-dlq')).toBe(given);
    const wrong = new StartMessageMoveTaskCommand({ SourceArn: SourceArn.replace('-dlq', '') });
    await expect(sqs.send(wrong)).rejects.toThrow('configured as a Dead Letter Queue');
    sqs.destroy();
  });

  test('a message above 1 MiB is refused, one of 300 KB is not', async () => {
    const tooBig = await small.post('/send', JSON.stringify({ id: 'too-big', filling: 'x'.repeat(1_050_000) }));
    const big = await small.post('/send', JSON.stringify({ id: 'big', filling: 'x'.repeat(300_000) }));

    expect([tooBig.status, big.status]).toEqual([500, 200]);
  });
});

describe('buckets', () => {
  test('an object below the prefix is announced on the queue, another is not', async () => {
    await small.post('/put?key=raw/a%20b.json', 'content');
    await small.post('/put?key=other/c.json', 'content');
    await small.cloud.settle();

    expect(await small.seen('ObjectCreated:Put raw/a+b.json 7')).toBe(1);
    expect(await small.seen('ObjectCreated:Put other/c.json 7')).toBe(0);
  });

  test('of two writers who want to be first exactly one is', async () => {
    const both = await Promise.all([small.post('/put?key=once&once=1', 'a'), small.post('/put?key=once&once=1', 'b')]);

    expect(both.map(response => response.status).sort()).toEqual([200, 412]);
  });
});

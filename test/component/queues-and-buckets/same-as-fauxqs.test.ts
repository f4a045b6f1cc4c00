import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BucketService } from '#infra/local/buckets/bucket-service.ts';
import { listen } from '#infra/local/gateway/listen.ts';
import { awsOperation } from '#infra/local/gateway/operation.ts';
import { QueueService } from '#infra/local/queues/queue-service.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { startQueuesAndBuckets } from '#test/parts/queues-and-buckets.ts';

const QUEUES = [
  { name: 'dead', attributes: {} },
  {
    name: 'work',
    attributes: {
      VisibilityTimeout: '30',
      MaximumMessageSize: '262144',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead',
        maxReceiveCount: 2,
      }),
    },
  },
];

async function inThisProcess() {
  const queues = new QueueService();
  const buckets = new BucketService({ written: () => undefined, now: Date.now });
  for (const queue of QUEUES) queues.create(queue);
  buckets.create('objects');
  return listen({
    now: Date.now,
    answer: async request => {
      const asked = awsOperation(request);
      if ('unknown' in asked) return undefined;
      return asked.service === 'SQS' ? queues.send(request) : buckets.answer(asked.name, request);
    },
  });
}

async function fauxqs() {
  const { address, server, stop } = await startQueuesAndBuckets({ region: 'eu-west-1' });
  server.setup({ queues: QUEUES.map(queue => ({ ...queue, region: 'eu-west-1' })), buckets: ['objects'] });
  return { address, stop };
}

describe.each([
  ['in this process', inThisProcess],
  ['fauxqs', fauxqs],
])('queues and buckets, %s', (player, start) => {
  let part: { readonly address: string; readonly stop: () => Promise<void> };
  let sqs: SQSClient;
  let s3: S3Client;
  const url = (name: string) => `${part.address}/000000000000/${name}`;

  beforeAll(async () => {
    part = await start();
    const common = {
      endpoint: part.address,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    sqs = new SQSClient(common);
    s3 = new S3Client({ ...common, forcePathStyle: true });
  });
  afterAll(async () => {
    sqs.destroy();
    s3.destroy();
    await part.stop();
  });

  const receive = async (queue: string, VisibilityTimeout = 30) => {
    const command = new ReceiveMessageCommand({
      QueueUrl: url(queue),
      MaxNumberOfMessages: 10,
      VisibilityTimeout,
      MessageSystemAttributeNames: ['All'],
    });
    return (await sqs.send(command)).Messages ?? [];
  };

  it('a message is received by one at a time, again when it is given back, and not when it is removed', async () => {
    const QueueUrl = url('work');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'ünï' }));
    const [first] = await receive('work');
    const meanwhile = await receive('work');
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [second] = await receive('work');
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));

    expect(first?.Body).toBe('ünï');
    expect(first?.Attributes?.ApproximateReceiveCount).toBe('1');
    expect(meanwhile).toEqual([]);
    expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('a message that was received twice in vain goes to the dead letters', async () => {
    const QueueUrl = url('work');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'in vain' }));
    for (let time = 1; time <= 2; time += 1) {
      const [message] = await receive('work');
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }

    expect(await receive('work')).toEqual([]);
    expect((await receive('dead')).map(({ Body }) => Body)).toEqual(['in vain']);
  });

  it('some bytes of an object are read, of the one that is meant', async () => {
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket: 'objects', Key: 'ranged', Body: '0123456789' }));
    const read = (Range: string, IfMatch = ETag) =>
      s3.send(new GetObjectCommand({ Bucket: 'objects', Key: 'ranged', Range, IfMatch }));

    const inside = await read('bytes=2-4');
    const toEnd = await read('bytes=8-99');
    expect([await inside.Body?.transformToString(), inside.ContentRange]).toEqual(['234', 'bytes 2-4/10']);
    expect([await toEnd.Body?.transformToString(), toEnd.ContentRange]).toEqual(['89', 'bytes 8-9/10']);
    await expect(read('bytes=10-11')).rejects.toMatchObject({ $metadata: { httpStatusCode: 416 } });
    await expect(read('bytes=0-1', '"another"')).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  });

  it('a batch is taken entry by entry; more than ten, or more than 1 MiB, are refused', async () => {
    const QueueUrl = url('work');
    const entries = (count: number, body: string) =>
      Array.from({ length: count }, (_, n) => ({ Id: String(n), MessageBody: body }));
    const batch = (Entries: { Id: string; MessageBody: string }[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

    const taken = await batch(entries(3, 'x'));
    expect(taken.Successful?.map(({ Id }) => Id)).toEqual(['0', '1', '2']);
    await expect(batch(entries(11, 'x'))).rejects.toThrow(/10/);
    // Of a batch together; fauxqs looks at each message alone.
    if (player !== 'fauxqs') await expect(batch(entries(5, 'x'.repeat(250_000)))).rejects.toThrow(/1048576/);
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(262_145) }))).rejects.toThrow(
      /shorter than/,
    );
    expect(await receive('work')).toHaveLength(3);
  });

  it('an object is read as it was written, with its type; one that is not there is told by name', async () => {
    const bytes = Buffer.from([0, 1, 254, 255]);
    await s3.send(new PutObjectCommand({ Bucket: 'objects', Key: 'a b/ü.bin', Body: bytes, ContentType: 'image/png' }));
    const read = await s3.send(new GetObjectCommand({ Bucket: 'objects', Key: 'a b/ü.bin' }));

    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(read.ContentType).toBe('image/png');
    const missing = s3.send(new GetObjectCommand({ Bucket: 'objects', Key: 'none' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  });

  it('objects are listed by prefix, page after page, in order, until they are removed', async () => {
    for (const n of [3, 1, 2, 5, 4])
      await s3.send(new PutObjectCommand({ Bucket: 'objects', Key: `list/${n}&`, Body: 'x' }));
    const pages: string[][] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: 'objects', Prefix: 'list/', MaxKeys: 2, ContinuationToken }),
      );
      pages.push((page.Contents ?? []).map(({ Key = '' }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    const Objects = pages.flat().map(Key => ({ Key }));
    await s3.send(new DeleteObjectsCommand({ Bucket: 'objects', Delete: { Objects, Quiet: true } }));

    expect(pages).toEqual([['list/1&', 'list/2&'], ['list/3&', 'list/4&'], ['list/5&']]);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'objects', Prefix: 'list/' }))).Contents ?? []).toEqual(
      [],
    );
  });

  it('takes an object in parts, which is there when all of it is', async () => {
    const bills = billsIn(s3, 'objects');
    const megabyte = 1024 * 1024;
    async function* tenAndAHalf() {
      for (let n = 0; n < 10; n++) yield Buffer.alloc(megabyte, String(n));
      yield Buffer.alloc(megabyte / 2, 'z');
    }

    await bills.upload('large.csv', tenAndAHalf(), 'text/csv');
    await bills.upload('none.csv', (async function* () {})(), 'text/csv');

    const read = Buffer.from((await bills.read('large.csv')) ?? []);
    expect(read.byteLength).toBe(11_010_048);
    expect([read.at(0), read.at(megabyte), read.at(-1)]).toEqual([0x30, 0x31, 0x7a]);
    expect(await bills.readUpTo('large.csv', 11_010_047)).toBe('larger');
    expect(await bills.readUpTo('none.csv', 0)).toEqual(new Uint8Array());
    expect(await bills.readUpTo('absent.csv', 0)).toBeUndefined();
  });
});

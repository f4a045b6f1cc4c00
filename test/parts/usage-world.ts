import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, vi } from 'vitest';
import { handler as usageApi } from '#functions/usage-api/handler.ts';
import { handler as usageIntake } from '#functions/usage-intake/handler.ts';
import { makeKey, type NewKey } from '#shared/access/make-key.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';
import { aContext, ask } from '#test/builders/http.ts';
import { madeInTests } from '#test/parts/inside-tests.ts';
import { type TestTables, useTables } from './tables.ts';

const BUCKET = 'usage';

export interface UsageWorld {
  readonly tables: TestTables;
  /** Makes a key with the scopes of an administrator, for this source. */
  readonly keyFor: (source: string, scopes?: NewKey['scopes']) => Promise<string>;
  /** Sends a request to usage-api. */
  readonly ask: (request: Parameters<typeof ask>[1]) => ReturnType<typeof ask>;
  /** Lets usage-intake work until the queue is empty; answers how many messages failed. */
  readonly settle: () => Promise<number>;
  readonly send: (message: unknown) => Promise<void>;
  /** The notifications of all objects that are there get lost. */
  readonly loseNotices: () => Promise<void>;
  readonly objects: (prefix: string) => Promise<string[]>;
  readonly bucket: UsageBucket;
}

interface Parts {
  readonly server: FauxqsServer;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly queue: string;
}

/** usage-api and usage-intake as they are deployed, on a real table, queue and bucket. The date stands at `now`. */
export function useUsageWorld(now: string): UsageWorld {
  const tables = useTables();
  const announced = new Set<string>();
  let started: Parts | undefined;
  const parts = () => madeInTests('The world', started);

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
    const server = await startFauxqs({ port: 0, logger: false });
    server.createBucket(BUCKET);
    const { queueUrl } = server.createQueue('usage', { attributes: { VisibilityTimeout: '0' } });
    const files = server.createQueue('files', { attributes: { VisibilityTimeout: '0' } });
    const address = `http://127.0.0.1:${server.port}`;
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_SQS: address,
      AWS_ENDPOINT_URL_S3: address,
      AWS_ENDPOINT_URL_DYNAMODB: await endpointOf(tables),
      PAGES_TABLE: tables.pages,
      LEDGER_TABLE: tables.ledger.name,
      USAGE_BUCKET: BUCKET,
      USAGE_QUEUE_URL: queueUrl.replace(/^https?:\/\/[^/]+/, address),
      FILES_QUEUE_URL: files.queueUrl.replace(/^https?:\/\/[^/]+/, address),
      RETENTION_MONTHS: '24',
    });
    started = { server, sqs: new SQSClient({}), s3: new S3Client({}), queue: process.env.USAGE_QUEUE_URL ?? '' };
  });

  afterAll(async () => {
    vi.useRealTimers();
    started?.sqs.destroy();
    started?.s3.destroy();
    await started?.server.stop();
  });

  const send = async (message: unknown) => {
    const MessageBody = typeof message === 'string' ? message : JSON.stringify(message);
    await parts().sqs.send(new SendMessageCommand({ QueueUrl: parts().queue, MessageBody }));
  };

  const objects = async (prefix: string) => {
    const answer = await parts().s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
    return (answer.Contents ?? []).map(({ Key }) => Key ?? '');
  };

  /** The bucket's notifications, which the embedded bucket does not send by itself. */
  const announce = async () => {
    for (const key of await objects('raw/')) {
      if (announced.has(key)) continue;
      announced.add(key);
      await send({ Records: [{ eventName: 'ObjectCreated:Put', s3: { object: { key: encodeURIComponent(key) } } }] });
    }
  };

  const settle = async () => {
    await announce();
    let failed = 0;
    for (;;) {
      const receive = new ReceiveMessageCommand({
        QueueUrl: parts().queue,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 30,
      });
      const { Messages = [] } = await parts().sqs.send(receive);
      if (Messages.length === 0) return failed;
      const event = sqsEvent(Messages.map(({ MessageId = '', Body = '' }) => ({ id: MessageId, body: Body })));
      const { batchItemFailures } = await usageIntake(event, aContext);
      failed += batchItemFailures.length;
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await parts().sqs.send(new DeleteMessageBatchCommand({ QueueUrl: parts().queue, Entries }));
    }
  };

  return {
    tables,
    keyFor: (source, scopes = ['usage:write', 'reports:read']) =>
      makeKey(tables.ledger, { scopes, label: 'test', source }, systemClock),
    ask: request => ask(usageApi, request),
    settle,
    send,
    loseNotices: async () => {
      for (const key of await objects('raw/')) announced.add(key);
    },
    objects,
    get bucket() {
      return new UsageBucket(parts().s3, BUCKET);
    },
  };
}

interface Received {
  readonly id: string;
  readonly body: string;
  /** How often so far, with this time; default 1. */
  readonly receive?: number;
}

export function sqsEvent(messages: readonly Received[]): SQSEvent {
  return {
    Records: messages.map(({ id, body, receive = 1 }) => ({
      messageId: id,
      receiptHandle: id,
      body,
      attributes: {
        ApproximateReceiveCount: String(receive),
        SentTimestamp: '0',
        SenderId: 'test',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:usage',
      awsRegion: 'us-east-1',
    })),
  };
}

async function endpointOf(tables: TestTables): Promise<string> {
  const endpoint = await tables.client.config.endpoint?.();
  if (endpoint === undefined) throw new Error('The tables have no endpoint of their own.');
  return `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`;
}

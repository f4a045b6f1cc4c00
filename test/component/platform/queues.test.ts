import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { NotFound, Unavailable } from '#shared/platform/failure.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { aContext } from '#test/builders/http.ts';
import { sqsEvent } from '#test/parts/usage-world.ts';

describe('sending to a queue', () => {
  let server: FauxqsServer;
  let client: SQSClient;
  let url: string;

  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    const endpoint = `http://127.0.0.1:${server.port}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new SQSClient({ endpoint, region: 'us-east-1', credentials });
    url = server.createQueue('work').queueUrl;
  });

  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  async function received(): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return bodies.sort();
      bodies.push(...Messages.map(({ Body = '' }) => Body));
    }
  }

  it('takes text as it is and everything else as JSON', async () => {
    const sender = new QueueSender(client, url);

    await sender.send('{"plain":1}');
    await sender.send({ kind: 'account' });

    expect(await received()).toEqual(['{"kind":"account"}', '{"plain":1}']);
  });

  it('takes more messages than one call can hold, and none', async () => {
    const sender = new QueueSender(client, url);
    const messages = Array.from({ length: 23 }, (_, n) => ({ n: 100 + n }));

    await sender.sendAll(messages);
    await sender.sendAll([]);

    expect(await received()).toEqual(messages.map(one => JSON.stringify(one)));
  });
});

describe('a function behind a queue whose ledger is away', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ProvisionedThroughputExceededException' });

  it.each([
    { receive: 2, failure: throttled, when: 'comes again by itself at first' },
    { receive: 3, failure: throttled, when: 'goes onto the queue anew before it is given up', isPutOff: true },
    { receive: 4, failure: refused, when: 'does so when nobody can be reached', isPutOff: true },
    { receive: 5, failure: new Unavailable('away', 'Away.'), when: 'does so at the last receive too', isPutOff: true },
    { receive: 3, failure: new NotFound('gone', 'Gone.'), when: 'does not when the failure stays' },
    { receive: 3, failure: new TypeError('a mistake of ours'), when: 'does not when the code is wrong' },
    { receive: 3, failure: throttled, when: 'comes again when the queue is away too', queue: 'away' },
  ])('a message $when', async ({ receive, failure, isPutOff = false, queue }) => {
    const sent: string[] = [];
    const handler = queueFunction({
      message: z.object({ name: z.string() }),
      services: () => ({ sent }),
      take: () => Promise.reject(failure),
      putOff: async body => {
        if (queue === 'away') throw refused;
        sent.push(body);
      },
    });

    const answer = await handler(sqsEvent([{ id: '1', body: '{"name":"first"}', receive }]), aContext);

    expect(sent).toEqual(isPutOff ? ['{"name":"first"}'] : []);
    expect(answer.batchItemFailures).toEqual(isPutOff ? [] : [{ itemIdentifier: '1' }]);
  });
});

describe('a function behind a queue', () => {
  const done: string[] = [];
  const handler = queueFunction({
    message: z.object({ name: z.string() }),
    services: () => ({ finish: (name: string) => done.push(name) }),
    take: async ({ name }, { finish }) => {
      if (name === 'bad') throw new Error('bad');
      finish(name);
    },
  });

  it('settles each message on its own', async () => {
    const answer = await handler(
      sqsEvent([
        { id: '1', body: '{"name":"first"}' },
        { id: '2', body: '{"name":"bad"}' },
        { id: '3', body: 'no JSON' },
        { id: '4', body: '{"name":4}' },
        { id: '5', body: '{"name":"last"}' },
      ]),
      aContext,
    );

    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['2', '3', '4']);
    expect(done).toEqual(['first', 'last']);
  });

  it('gives all messages back when all fail, without failing itself', async () => {
    const answer = await handler(sqsEvent([{ id: '1', body: '{}' }]), aContext);

    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });
});

import { type AttributeValue, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Listener, listen } from '#infra/local/gateway/listen.ts';
import type { LocalCloud, LocalCloudOptions } from '#infra/local/local-cloud.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { useCloud } from '#test/parts/cloud.ts';
import { smallAssembly } from './small-assembly.ts';

/** A stand-in for Stripe that counts: what reached it is the question here, not what it made of it. */
export interface CountingStripe {
  readonly received: string[];
  /** Moments of its own at which it was run. */
  readonly ran: Instant[];
  due: Instant[];
}

export interface SmallCloud {
  readonly cloud: LocalCloud;
  readonly stripe: CountingStripe;
  readonly log: string[];
  /** Posts JSON to the API. */
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  /** Puts a message on the small app's queue, by way of its API. */
  readonly send: (message: object) => Promise<void>;
  /** How often the worker counted this id. */
  readonly seen: (id: string) => Promise<number>;
  readonly item: (pk: string) => Promise<Record<string, AttributeValue> | undefined>;
  readonly put: (pk: string, attributes: Record<string, { S: string } | { L: { S: string }[] }>) => Promise<void>;
}

/** The small app on a local cloud, for a test file. */
export function useSmallCloud(options: LocalCloudOptions = {}): SmallCloud {
  const stripe: CountingStripe = { received: [], ran: [], due: [] };
  const log: string[] = [];
  const cloud = useCloud(() => ({
    assembly: smallAssembly(),
    startStripe: ({ now }) => startCountingStripe(stripe, now),
    log: (functionName, text) => log.push(`${functionName}: ${text}`),
    ...options,
  }));
  const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    fetch(`${cloud.api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const Key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
  const dynamodb = () =>
    new DynamoDBClient({
      endpoint: cloud.aws.endpoint,
      region: cloud.aws.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  const item = async (pk: string) =>
    (await dynamodb().send(new GetItemCommand({ TableName: 'dunlin-dev-small', Key: Key(pk) }))).Item;
  return {
    cloud,
    stripe,
    log,
    post,
    item,
    send: async message => {
      const response = await post('/send', message);
      if (!response.ok) throw new Error(await response.text());
    },
    seen: async id => Number((await item(id))?.seen?.N ?? 0),
    put: async (pk, attributes) => {
      await dynamodb().send(new PutItemCommand({ TableName: 'dunlin-dev-small', Item: { ...Key(pk), ...attributes } }));
    },
  };
}

async function startCountingStripe(stripe: CountingStripe, now: () => Instant) {
  const server: Listener = await listen({
    now,
    answer: async ({ body }) => {
      stripe.received.push(body.toString());
      return { status: 200, headers: {}, body: Buffer.from('{}') };
    },
  });
  return {
    address: server.address,
    nextAt: () => stripe.due[0],
    runUntil: async (until: Instant) => {
      stripe.ran.push(...stripe.due.filter(moment => moment <= until));
      stripe.due = stripe.due.filter(moment => moment > until);
    },
    listen: () => undefined,
    disturbWebhooks: () => undefined,
    planAnswers: () => undefined,
    onExchange: () => () => undefined,
    stop: server.stop,
  };
}

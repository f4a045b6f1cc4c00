import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadTsx } from '#infra/build/load-tsx.ts';
import { DAY, HOUR, type Instant } from '#shared/platform/instant.ts';
import { runDueWork } from './billing/due-work.ts';
import { Gateway } from './http/gateway.ts';
import type { PlannedAnswer } from './http/planned-answers.ts';
import { Router } from './http/router.ts';
import { ensureEndpoint, type Webhook } from './operations/webhook-endpoints.ts';
import { PAGE } from './pages/page-path.ts';
import { operations } from './routes.ts';
import { seededRandom } from './seeded-random.ts';
import { forgetOld } from './store/forgetting.ts';
import { Ids } from './store/ids.ts';
import { parseState, type TwinState } from './store/state.ts';
import { type RetryRule, World } from './store/world.ts';
import { nextDeliveryAt } from './webhooks/deliveries.ts';
import { type WebhookFaults, WebhookSender } from './webhooks/webhook-sender.ts';

export interface StripeTwinOptions {
  /** Domain time. */
  readonly now: () => Instant;
  /** The same seed and the same calls give the same ids. */
  readonly seed: string;
  /** Default: a free one. */
  readonly port?: number;
  /** How long a meter event takes to show in summaries, in domain time; default 0. */
  readonly summaryLagMs?: number;
  /** From the end of a period to its invoice's finalisation, in domain time; default an hour. */
  readonly graceMs?: number;
  /** How a failed payment is tried again; default 8 times in two weeks, then the subscription stays past due. */
  readonly retries?: RetryRule;
  /** Endpoints that are there from the start. */
  readonly webhooks?: readonly Webhook[];
  /** How long an endpoint may take to answer, in real time; default 10 s. */
  readonly webhookTimeoutMs?: number;
  /** State is read from here at the start, where it exists, and written at the stop. */
  readonly dataFile?: string;
}

export interface Exchange {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly requestBody: string;
  readonly status: number;
  readonly responseBody: unknown;
}

export interface StripeTwin {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  /** The earliest moment at which it has something to do by itself: billing, or events to deliver. */
  nextAt(): Instant | undefined;
  /** Does everything due up to then, in order of time, each at its own moment; endpoints have answered when it is done. */
  runUntil(now: Instant): Promise<void>;
  /** Sends events there from now on; an endpoint with the same secret moves to the address. */
  listen(webhook: Webhook): void;
  disturbWebhooks(faults: WebhookFaults): void;
  /** Answers to come instead of the calls' own, whoever calls; they replace those that were planned before. */
  planAnswers(answers: readonly PlannedAnswer[]): void;
  onExchange(listener: (exchange: Exchange) => void): void;
  stop(): Promise<void>;
}

/** A stateful double of Stripe's API on domain time: the ordinary client talks to it with any `sk_test_` key. */
export async function startStripeTwin(options: StripeTwinOptions): Promise<StripeTwin> {
  const state = await readState(options.dataFile);
  const server = createServer();
  const address = await listen(server, options.port ?? 0);
  const world = new World(options.now, new Ids(options.seed, state?.ids), {
    summaryLagMs: options.summaryLagMs ?? 0,
    graceMs: options.graceMs ?? HOUR,
    retries: options.retries ?? { tries: 8, withinMs: 14 * DAY, outcome: 'past_due' },
    address,
  });
  if (state) world.store.restore(state.store);
  for (const webhook of options.webhooks ?? []) ensureEndpoint(world, webhook);
  const webhookSender = new WebhookSender(world, seededRandom(options.seed), options.webhookTimeoutMs ?? 10_000);
  const gateway = new Gateway(world, new Router(operations));
  const listeners: ((exchange: Exchange) => void)[] = [];
  server.on('request', (request, response) => {
    exchange(world, gateway, request, response).then(
      done => {
        if (done) for (const listener of listeners) listener(done);
      },
      // The caller hung up before the request was there as a whole: nothing has happened.
      () => response.destroy(),
    );
  });
  return {
    address,
    nextAt: () => (webhookSender.isStopped ? undefined : nextMoment(world)),
    runUntil: async now => {
      for (let at = nextMoment(world); at !== undefined && at <= now; at = nextMoment(world)) {
        if (webhookSender.isStopped) return;
        runDueWork(world, at);
        await webhookSender.deliverDue(at);
      }
      forgetOld(world);
    },
    listen: webhook => ensureEndpoint(world, webhook),
    disturbWebhooks: ({ duplicate, reorder }) => {
      webhookSender.faults = { duplicate, reorder };
    },
    planAnswers: answers => gateway.planAnswers(answers),
    onExchange: listener => listeners.push(listener),
    async stop() {
      webhookSender.stop();
      await close(server);
      if (options.dataFile === undefined) return;
      const saved: TwinState = { ids: world.ids.counts(), store: world.store.state() };
      await writeFile(options.dataFile, JSON.stringify(saved));
    },
  };
}

function nextMoment(world: World): Instant | undefined {
  const moments = [world.agenda.earliest()?.at, nextDeliveryAt(world)].filter(moment => moment !== undefined);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

/** Pages for people are not an exchange of the API. */
async function exchange(
  world: World,
  gateway: Gateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange | undefined> {
  const { pathname: path, search } = new URL(request.url ?? '/', 'http://twin');
  const method = request.method ?? 'GET';
  const query = search.slice(1);
  const body = await textOf(request);
  if (PAGE.test(path)) {
    // Drawn with Preact, which is loaded by the first reader.
    loadTsx();
    const { answerPage } = await import('./pages/page-server.ts');
    const shown = answerPage(world, { method, path, query, body });
    response.writeHead(shown.status, shown.headers).end(shown.body);
    return undefined;
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]));
  const answer = await gateway.answer({ method, path, query, body, headers });
  if (answer === undefined) {
    request.socket.destroy();
    return undefined;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(answer.body));
  return { method, path, query, requestBody: body, status: answer.status, responseBody: answer.body };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${portOf(server.address())}`;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The Stripe twin has no port.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function readState(file: string | undefined): Promise<TwinState | undefined> {
  if (file === undefined) return undefined;
  return existsSync(file) ? parseState(await readFile(file, 'utf8')) : undefined;
}

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What becomes of one request on its way. `-after`: Stripe did what was asked, and nobody learns it. `swallowed`: it says
 * that it did.
 */
export type Fault =
  | 'passes'
  | 'lost-before'
  | 'lost-after'
  | 'hangs-before'
  | 'hangs-after'
  | 'busy'
  | 'fails-before'
  | 'fails-after'
  | 'swallowed';

export interface FaultyStripe {
  readonly address: string;
  /** Fates of the coming meter events, in order; when they are used up, requests pass. */
  meterEvents(...faults: readonly Fault[]): void;
  /** Nobody listens any more, until the next call with `false`. */
  down(isDown: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Stands between the ordinary client and Stripe, and loses answers, fails and hangs as it is told. */
export async function startFaultyStripe(upstream: string): Promise<FaultyStripe> {
  const faults: Fault[] = [];
  const server = createServer((incoming, outgoing) => {
    const isMeterEvent = incoming.method === 'POST' && incoming.url === '/v1/billing/meter_events';
    void pass(upstream, incoming, outgoing, (isMeterEvent && faults.shift()) || 'passes');
  });
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    meterEvents: (...coming) => void faults.splice(0, faults.length, ...coming),
    down: isDown => (isDown ? close() : listen(port)),
    stop: close,
  };
}

async function pass(upstream: string, incoming: IncomingMessage, outgoing: ServerResponse, fault: Fault) {
  const body = Buffer.concat(await Array.fromAsync(incoming, chunk => Buffer.from(chunk)));
  switch (fault) {
    case 'lost-before':
      return void outgoing.destroy();
    case 'hangs-before':
      return;
    case 'busy':
      return refuse(outgoing, 429, 'rate_limit_error', 'Too many requests.');
    case 'fails-before':
      return refuse(outgoing, 500, 'api_error', 'Stripe failed.');
    case 'swallowed':
      return void outgoing
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"object":"billing.meter_event"}');
    case 'passes':
    case 'lost-after':
    case 'hangs-after':
    case 'fails-after':
      break;
    default:
      return fault satisfies never;
  }
  const answer = await forward(upstream, incoming, body);
  if (fault === 'lost-after') return void outgoing.destroy();
  if (fault === 'fails-after') return refuse(outgoing, 500, 'api_error', 'Stripe failed.');
  if (fault === 'hangs-after') return;
  outgoing.writeHead(answer.status, answer.headers).end(answer.body);
}

function refuse(outgoing: ServerResponse, status: number, type: string, message: string): void {
  const headers = { 'content-type': 'application/json', 'request-id': 'req_fault' };
  outgoing.writeHead(status, headers).end(JSON.stringify({ error: { type, message } }));
}

async function forward(upstream: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const outgoing = request(new URL(url ?? '/', upstream), { method, headers }, answer => {
      Array.fromAsync(answer, chunk => Buffer.from(chunk)).then(
        chunks => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { TwinAtHand } from './use-twin.ts';

export interface Received {
  /** Read from the raw body with the SDK, which checks the signature. */
  readonly event: Stripe.Event;
  /** Domain time of the attempt, milliseconds. */
  readonly at: number;
  readonly signature: string;
  readonly body: string;
}

export interface Listener {
  readonly url: string;
  readonly received: Received[];
  /** Status of the answer to an event, or `silence`: no answer at all. */
  answer: (event: Stripe.Event) => number | 'silence';
  /** Called before the answer. */
  during: (event: Stripe.Event) => Promise<void>;
}

export const SECRET = 'whsec_listener';

/** An endpoint that Stripe's events are sent to; it takes everything until told otherwise. */
export function useListener(at: TwinAtHand): Listener {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const signature = String(request.headers['stripe-signature']);
      const event = webhooks.constructEvent(body, signature, SECRET, undefined, undefined, at.now());
      listener.received.push({ event, at: at.now(), signature, body });
      await listener.during(event);
      const status = listener.answer(event);
      if (status === 'silence') return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  let url = '';
  const listener: Listener = {
    get url() {
      return url;
    },
    received: [],
    answer: () => 200,
    during: async () => undefined,
  };
  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${portOf(server.address())}/hook`;
  });
  beforeEach(() => {
    listener.received.length = 0;
    listener.answer = () => 200;
    listener.during = async () => undefined;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return listener;
}

/** `invoice.created`, `invoice.paid`, … in the order in which they came. */
export function typesOf(received: readonly Received[]): string[] {
  return received.map(({ event }) => event.type);
}

const { webhooks } = new Stripe('sk_test_listener');

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
  return address.port;
}

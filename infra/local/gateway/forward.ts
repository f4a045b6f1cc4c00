import { Agent, request as httpRequest } from 'node:http';
import type { PartAnswer, PartRequest } from './exchange.ts';

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect'];

/** Passes requests on to a part by its base URL, over connections kept open. */
export class Forwarder {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #target: URL;

  constructor(address: string) {
    this.#target = new URL(address);
  }

  send({ method, url, headers, body }: PartRequest): Promise<PartAnswer> {
    const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
    const { hostname, port, host } = this.#target;
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        {
          agent: this.#agent,
          method,
          hostname,
          port,
          path: url,
          headers: { ...passed, host, 'content-length': body.length },
        },
        incoming => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.once('error', reject);
          incoming.once('end', () => {
            const answered = { ...incoming.headers };
            // An answer to HEAD has a length and no body: the only one whose length is passed on.
            for (const name of HOP_BY_HOP) if (method !== 'HEAD' || name !== 'content-length') delete answered[name];
            resolve({ status: incoming.statusCode ?? 502, headers: answered, body: Buffer.concat(chunks) });
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

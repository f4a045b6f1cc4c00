import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Instant } from '#shared/platform/instant.ts';
import type { PartAnswer, PartRequest } from './exchange.ts';

export interface Listener {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** Answers each request by `answer`; `undefined` tears the connection down: the caller never learns what happened. */
export async function listen(options: {
  answer: (request: PartRequest) => Promise<PartAnswer | undefined>;
  now: () => Instant;
  port?: number;
}): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, response, options.answer, options.now);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
    });
  });
  return {
    address: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: PartRequest) => Promise<PartAnswer | undefined>,
  now: () => Instant,
): Promise<void> {
  try {
    const body = await bodyOf(request);
    const { method = 'GET', url = '/', headers } = request;
    const answered = await answer({ method, url, headers, body });
    if (answered === undefined) {
      request.socket.destroy();
      return;
    }
    // Domain time: SDKs correct their signing clock by this header.
    const date = new Date(now()).toUTCString();
    response.writeHead(answered.status, { 'content-length': answered.body.length, ...answered.headers, date });
    response.end(answered.body);
  } catch {
    // The part is gone or the caller is: either way there is nobody to answer to.
    request.socket.destroy();
  }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import * as z from 'zod';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import { Forwarder } from '../gateway/forward.ts';

const PACKAGE = 'aws-ses-v2-local';
/** It is CommonJS: Node and Vitest disagree about what `import` makes of its default export. */
const require = createRequire(import.meta.url);

/** A mail as the embedded SES has read it. */
const ReadMail = z.object({
  messageId: z.string(),
  from: z.string(),
  subject: z.string(),
  body: z.object({ html: z.string().optional(), text: z.string().optional() }),
  attachments: z.array(z.object({ contentType: z.string(), filename: z.string().optional(), size: z.number() })),
});
export type ReadMail = z.infer<typeof ReadMail>;
const Store = z.object({ emails: z.array(ReadMail) });

/** `aws-ses-v2-local` in this process. Loaded with the first mail: a start without mails does not wait for it. */
export class EmbeddedSes {
  #running: Promise<{ server: Server; line: Forwarder }> | undefined;

  /** `mail` is there when SES took it. */
  async send(request: PartRequest): Promise<{ answer: PartAnswer; mail: ReadMail | undefined }> {
    this.#running ??= start();
    const { line } = await this.#running;
    // It knows real time only.
    const since = Math.floor(Date.now() / 1_000);
    const answer = await line.send(request);
    const [, id] = /<MessageId>(.+)<\/MessageId>/.exec(answer.body.toString()) ?? [];
    if (answer.status !== 200 || id === undefined) return { answer, mail: undefined };
    const url = `/store?since=${since}`;
    const { body } = await line.send({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) });
    const { emails } = Store.parse(JSON.parse(body.toString()));
    return { answer, mail: emails.find(({ messageId }) => messageId === id) };
  }

  async stop(): Promise<void> {
    if (this.#running === undefined) return;
    const { server, line } = await this.#running;
    line.close();
    await new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

async function start(): Promise<{ server: Server; line: Forwarder }> {
  const embedded: typeof import('aws-ses-v2-local') = require(PACKAGE);
  const server = await embedded.default({ host: '127.0.0.1', port: 0 });
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('The embedded SES has no address.');
  return { server, line: new Forwarder(`http://127.0.0.1:${bound.port}`) };
}

export function embeddedSesVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.resolve(PACKAGE)), 'utf8'));
  return `${PACKAGE} ${z.object({ version: z.string() }).parse(manifest).version}`;
}

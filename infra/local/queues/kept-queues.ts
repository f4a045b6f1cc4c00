import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { StoredMessage } from './message-queue.ts';

const Message = z.object({
  id: z.string(),
  body: z.string(),
  attributes: z.record(
    z.string(),
    z.object({
      DataType: z.string(),
      StringValue: z.string().exactOptional(),
      BinaryValue: z.string().exactOptional(),
    }),
  ),
  sentAt: z.number(),
  receives: z.number(),
  firstReceivedAt: z.number().exactOptional(),
  visibleAt: z.number(),
  receipt: z.string().exactOptional(),
});
const Line = z.object({ queue: z.string(), id: z.string(), message: Message.exactOptional() });

/** Keeps what is on the queues in a file, at once: a line for every message as it is from then on. */
export class KeptQueues {
  readonly #file: string;
  readonly #messages = new Map<string, Map<string, StoredMessage>>();

  constructor(file: string) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const line of text.split('\n')) this.#read(line);
  }

  /** As an earlier run has left them. */
  messagesOf(queue: string): ReadonlyMap<string, StoredMessage> {
    return this.#messages.get(queue) ?? new Map();
  }

  note(queue: string, id: string, message: StoredMessage | undefined): void {
    appendFileSync(this.#file, `${JSON.stringify({ queue, id, ...(message && { message }) })}\n`);
  }

  #read(line: string): void {
    // A last line that was not written to its end tells of nothing that was answered for.
    const read = line.endsWith('}') ? Line.safeParse(JSON.parse(line)).data : undefined;
    if (read === undefined) return;
    const messages = this.#messages.get(read.queue) ?? new Map();
    this.#messages.set(read.queue, messages);
    if (read.message === undefined) messages.delete(read.id);
    else messages.set(read.id, read.message);
  }
}

import { createHash, randomUUID } from 'node:crypto';

/** As the API writes them. */
export type MessageAttributes = Readonly<
  Record<string, { readonly DataType: string; readonly StringValue?: string; readonly BinaryValue?: string }>
>;

/** A message on a queue. Never changed in place: snapshots share it. Times are real ones. */
export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: number;
  readonly receives: number;
  readonly firstReceivedAt?: number;
  /** Nobody receives it before. */
  readonly visibleAt: number;
  /** Whoever received it last answers for it by this. */
  readonly receipt?: string;
}

export interface QueueSettings {
  readonly name: string;
  readonly delaySeconds: number;
  readonly visibilitySeconds: number;
  readonly mostBytes: number;
  /** After so many receives without an end a message goes to another queue. */
  readonly redrive?: { readonly queue: string; readonly receives: number };
}

/** One queue: what is on it, in the order in which it came. */
export class MessageQueue {
  readonly settings: QueueSettings;
  readonly #changed: (id: string, message: StoredMessage | undefined) => void;
  #messages = new Map<string, StoredMessage>();

  /** `changed` hears of every message as it is from then on; `undefined`: it is gone. */
  constructor(settings: QueueSettings, changed: (id: string, message: StoredMessage | undefined) => void) {
    this.settings = settings;
    this.#changed = changed;
  }

  /** Waiting, delayed or being worked on. */
  get length(): number {
    return this.#messages.size;
  }

  /** When the first of what cannot be received yet can be. */
  get nextVisibleAt(): number | undefined {
    const now = Date.now();
    let next: number | undefined;
    for (const { visibleAt } of this.#messages.values())
      if (visibleAt > now) next = Math.min(visibleAt, next ?? visibleAt);
    return next;
  }

  add(body: string, attributes: MessageAttributes = {}, delaySeconds = this.settings.delaySeconds): StoredMessage {
    const now = Date.now();
    const message = {
      id: randomUUID(),
      body,
      attributes,
      sentAt: now,
      receives: 0,
      visibleAt: now + delaySeconds * 1_000,
    };
    this.put(message);
    return message;
  }

  put(message: StoredMessage): void {
    this.#messages.set(message.id, message);
    this.#changed(message.id, message);
  }

  /** `spent` takes what was received too often. */
  receive(
    most: number,
    spent: (message: StoredMessage) => void,
    visibilitySeconds = this.settings.visibilitySeconds,
  ): StoredMessage[] {
    const now = Date.now();
    const received: StoredMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length >= most) break;
      if (message.visibleAt > now) continue;
      if (this.settings.redrive !== undefined && message.receives >= this.settings.redrive.receives) {
        this.#remove(message.id);
        spent(message);
        continue;
      }
      const taken = {
        ...message,
        receives: message.receives + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
        visibleAt: now + visibilitySeconds * 1_000,
        receipt: randomUUID(),
      };
      this.put(taken);
      received.push(taken);
    }
    return received;
  }

  /** Takes off what nobody is working on, as it was sent. */
  takeAll(take: (message: StoredMessage) => void): void {
    const now = Date.now();
    for (const message of [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= now)) {
      const { receipt: _, firstReceivedAt: __, ...sent } = message;
      this.#remove(message.id);
      take(sent);
    }
  }

  /** A receipt of an earlier receive removes nothing, as in SQS. */
  remove(receipt: string): void {
    const message = this.#by(receipt);
    if (message !== undefined) this.#remove(message.id);
  }

  /** Makes a received message visible again in so many seconds. `false`: nobody holds this receipt. */
  giveBack(receipt: string, seconds: number): boolean {
    const message = this.#by(receipt);
    if (message === undefined) return false;
    this.put({ ...message, visibleAt: Date.now() + seconds * 1_000 });
    return true;
  }

  /** What a process before this one had received and not finished can be received at once. */
  recover(): void {
    const now = Date.now();
    for (const message of this.#messages.values())
      if (message.receipt !== undefined) this.put({ ...message, visibleAt: now });
  }

  snapshot(): ReadonlyMap<string, StoredMessage> {
    return new Map(this.#messages);
  }

  restore(snapshot: ReadonlyMap<string, StoredMessage>): void {
    this.#messages = new Map(snapshot);
  }

  #by(receipt: string): StoredMessage | undefined {
    for (const message of this.#messages.values()) if (message.receipt === receipt) return message;
    return undefined;
  }

  #remove(id: string): void {
    this.#messages.delete(id);
    this.#changed(id, undefined);
  }
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

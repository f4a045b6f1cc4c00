import * as z from 'zod';
import { awsError, jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import type { QueueSpec } from '../template/deployment.ts';
import { KeptQueues } from './kept-queues.ts';
import { MessageQueue, md5, type QueueSettings, type StoredMessage } from './message-queue.ts';

const MOST_ENTRIES = 10;
/**
 * Of a message, and of a batch together: 1 MiB since August 2025
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html).
 */
const MOST_BYTES = 1024 * 1024;
/** What SQS lets through (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const OnQueue = z.object({ QueueUrl: z.string() });
const Attributes = z
  .record(
    z.string(),
    z.object({
      DataType: z.string(),
      StringValue: z.string().exactOptional(),
      BinaryValue: z.string().exactOptional(),
    }),
  )
  .default({});
const Entry = z.object({
  MessageBody: z.string(),
  MessageAttributes: Attributes,
  DelaySeconds: z.int().min(0).max(900).optional(),
});
const EntryWithId = Entry.extend({ Id: z.string() });
const Batch = z.object({ Entries: z.array(EntryWithId) });
const Receiving = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).optional(),
});
const Receipt = z.object({ ReceiptHandle: z.string() });
const Receipts = z.object({ Entries: z.array(Receipt.extend({ Id: z.string() })) });
const Visibility = Receipt.extend({ VisibilityTimeout: z.int().min(0).max(43_200) });
const Move = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });
const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1) });

export type QueuesSnapshot = ReadonlyMap<string, ReadonlyMap<string, StoredMessage>>;

/** SQS in this process: ordinary queues, as far as the product and the Lambda service use them. */
export class QueueService {
  readonly #queues = new Map<string, MessageQueue>();
  readonly #kept: KeptQueues | undefined;

  /** `file` keeps the messages over restarts. */
  constructor(file?: string) {
    this.#kept = file === undefined ? undefined : new KeptQueues(file);
  }

  /** With what an earlier run has left on it. */
  create({ name, attributes }: QueueSpec): void {
    const queue = new MessageQueue(settingsOf(name, attributes), (id, message) => this.#kept?.note(name, id, message));
    queue.restore(this.#kept?.messagesOf(name) ?? new Map());
    this.#queues.set(name, queue);
  }

  /** @throws when there is none of that name */
  queue(name: string): MessageQueue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new Error(`There is no queue ${name}.`);
    return queue;
  }

  receive(name: string, most: number, visibilitySeconds?: number): StoredMessage[] {
    const queue = this.queue(name);
    const { redrive } = queue.settings;
    return queue.receive(
      most,
      // It is on the other queue as it was sent: counted from the start.
      ({ receipt: _, firstReceivedAt: __, ...message }) =>
        redrive && this.queue(redrive.queue).put({ ...message, receives: 0, visibleAt: Date.now() }),
      visibilitySeconds,
    );
  }

  snapshot(): QueuesSnapshot {
    return new Map(Array.from(this.#queues, ([name, queue]) => [name, queue.snapshot()]));
  }

  restore(snapshot: QueuesSnapshot): void {
    for (const [name, queue] of this.#queues) queue.restore(snapshot.get(name) ?? new Map());
  }

  /** What comes of a request of the JSON protocol. */
  async send(request: PartRequest): Promise<PartAnswer> {
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const input: unknown = JSON.parse(request.body.toString() || '{}');
    if (operation === 'StartMessageMoveTask') return this.#moveBack(Move.parse(input));
    const name = OnQueue.parse(input).QueueUrl.split('/').at(-1) ?? '';
    const queue = this.#queues.get(name);
    if (queue === undefined) return refused('QueueDoesNotExist', 'The specified queue does not exist.');
    switch (operation) {
      case 'SendMessage': {
        const sent = this.#add(queue, Entry.parse(input));
        return typeof sent === 'string' ? refused('InvalidParameterValue', sent) : done(sentMessage(sent));
      }
      case 'SendMessageBatch':
        return this.#sendBatch(queue, Batch.parse(input).Entries);
      case 'ReceiveMessage': {
        const { MaxNumberOfMessages, VisibilityTimeout } = Receiving.parse(input);
        const messages = this.receive(name, MaxNumberOfMessages, VisibilityTimeout);
        return done(messages.length === 0 ? {} : { Messages: messages.map(receivedMessage) });
      }
      case 'DeleteMessage':
        queue.remove(Receipt.parse(input).ReceiptHandle);
        return done({});
      case 'DeleteMessageBatch': {
        const { Entries } = Receipts.parse(input);
        for (const { ReceiptHandle } of Entries) queue.remove(ReceiptHandle);
        return done({ Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
      }
      case 'ChangeMessageVisibility': {
        const { ReceiptHandle, VisibilityTimeout } = Visibility.parse(input);
        return queue.giveBack(ReceiptHandle, VisibilityTimeout)
          ? done({})
          : refused('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
      }
      default:
        return refused('UnsupportedOperation', `The local cloud's queues do not know ${operation}.`);
    }
  }

  /** Those whose dead letters come here. */
  fedBy(deadLetters: string): readonly string[] {
    return [...this.#queues.values()]
      .filter(({ settings }) => settings.redrive?.queue === deadLetters)
      .map(({ settings }) => settings.name);
  }

  /** All at once; SQS takes up to 500 a second. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
  #moveBack({ SourceArn, DestinationArn }: z.infer<typeof Move>): PartAnswer {
    const source = queueIn(SourceArn);
    const [target] = DestinationArn === undefined ? this.fedBy(source) : [queueIn(DestinationArn)];
    const [from, to] = [this.#queues.get(source), this.#queues.get(target ?? '')];
    if (from === undefined) return refused('ResourceNotFoundException', 'The source queue does not exist.');
    if (to === undefined)
      return refused('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    from.takeAll(message => to.put({ ...message, receives: 0, visibleAt: Date.now() }));
    return done({ TaskHandle: Buffer.from(SourceArn).toString('base64') });
  }

  #sendBatch(queue: MessageQueue, entries: readonly z.infer<typeof EntryWithId>[]): PartAnswer {
    if (entries.length === 0) return refused('EmptyBatchRequest', 'There should be at least one entry in the request.');
    if (entries.length > MOST_ENTRIES)
      return refused('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MOST_ENTRIES}.`);
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
      return refused('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
    if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MOST_BYTES) {
      return refused('BatchRequestTooLong', `Batch requests cannot be longer than ${MOST_BYTES} bytes.`);
    }
    const outcomes = entries.map(entry => ({ Id: entry.Id, sent: this.#add(queue, entry) }));
    return done({
      Successful: outcomes.flatMap(({ Id, sent }) => (typeof sent === 'string' ? [] : { Id, ...sentMessage(sent) })),
      Failed: outcomes.flatMap(({ Id, sent }) =>
        typeof sent === 'string' ? { Id, Code: 'InvalidParameterValue', Message: sent, SenderFault: true } : [],
      ),
    });
  }

  /** The message, or why it is refused. */
  #add(queue: MessageQueue, entry: z.infer<typeof Entry>): StoredMessage | string {
    const { mostBytes } = queue.settings;
    if (bytesOf(entry) > mostBytes) {
      return `One or more parameters are invalid. Reason: Message must be shorter than ${mostBytes} bytes.`;
    }
    if (entry.MessageBody === '') return 'The request must contain the parameter MessageBody.';
    if (FORBIDDEN.test(entry.MessageBody)) return 'Invalid characters found.';
    return queue.add(entry.MessageBody, entry.MessageAttributes, entry.DelaySeconds);
  }
}

export function queueIn(arn: string): string {
  return arn.split(':').at(-1) ?? '';
}

function settingsOf(name: string, attributes: QueueSpec['attributes']): QueueSettings {
  const { RedrivePolicy: redrive, DelaySeconds = '0', VisibilityTimeout = '30', MaximumMessageSize } = attributes;
  const policy = redrive === undefined ? undefined : Redrive.parse(JSON.parse(redrive));
  return {
    name,
    delaySeconds: Number(DelaySeconds),
    visibilitySeconds: Number(VisibilityTimeout),
    mostBytes: Number(MaximumMessageSize ?? MOST_BYTES),
    ...(policy && {
      redrive: { queue: queueIn(policy.deadLetterTargetArn), receives: policy.maxReceiveCount },
    }),
  };
}

function bytesOf({ MessageBody, MessageAttributes }: z.infer<typeof Entry>): number {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
  );
  return attributes.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(MessageBody));
}

function sentMessage({ id, body }: StoredMessage): object {
  return { MessageId: id, MD5OfMessageBody: md5(body) };
}

export type Message = ReturnType<typeof receivedMessage>;

/** As ReceiveMessage gives it. */
export function receivedMessage({
  id,
  body,
  attributes,
  sentAt,
  receives,
  firstReceivedAt = sentAt,
  receipt = '',
}: StoredMessage) {
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    MD5OfBody: md5(body),
    Attributes: {
      SenderId: '000000000000',
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    MessageAttributes: attributes,
  };
}

const done = (content: object): PartAnswer => jsonAnswer(200, content, 'application/x-amz-json-1.0');
const refused = (code: string, message: string): PartAnswer => awsError(400, `com.amazonaws.sqs#${code}`, message);

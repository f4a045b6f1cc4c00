import type { QueueSender } from '#shared/platform/queue-sender.ts';
import type { BatchMessage } from './batch-message.ts';

/** SQS's limit; a message costs a tenth of an object. */
const MESSAGE_BYTES = 256 * 1024;

/** Durable before acknowledged: the queue has the batch, or the bucket has it and notifies the same queue. */
export function handOverTo(
  queue: QueueSender,
  putRaw: (message: BatchMessage) => Promise<void>,
): (message: BatchMessage) => Promise<void> {
  return async message => {
    const body = inBasicPlane(JSON.stringify(message));
    if (Buffer.byteLength(body) <= MESSAGE_BYTES) await queue.send(body);
    else await putRaw(message);
  };
}

/** Ids may hold any printable character; queues, by SQS's older rule, only those up to U+FFFD. The same JSON, escaped. */
function inBasicPlane(json: string): string {
  return json.replace(/[\ud800-\udfff]/g, half => `\\u${half.charCodeAt(0).toString(16)}`);
}

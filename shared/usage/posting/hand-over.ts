import type { QueueSender } from '#shared/platform/queue-sender.ts';
import type { BatchMessage } from './batch-message.ts';

/**
 * What goes over the queue; more goes into the bucket. SQS takes up to 1 MiB, but counts each 64 KB of a message as a
 * request, when it is sent and when it is received ($0.40 a million): 256 KB cost 9 requests with the deletion, $3.60 a
 * million, against $6.20 for an object ($5.00 PUT, $0.40 GET, and its notice on the queue). From 448 KB on the bucket is
 * the cheaper one; and ten messages of 256 KB still fit in the 6 MB of a function's event, ten of 1 MiB do not.
 */
const QUEUE_BYTES = 256 * 1024;

/** Durable before acknowledged: the queue has the batch, or the bucket has it and notifies the same queue. */
export function handOverTo(
  queue: QueueSender,
  putRaw: (message: BatchMessage) => Promise<void>,
): (message: BatchMessage) => Promise<void> {
  return async message => {
    const body = inBasicPlane(JSON.stringify(message));
    if (Buffer.byteLength(body) <= QUEUE_BYTES) await queue.send(body);
    else await putRaw(message);
  };
}

/** Ids may hold any printable character; queues, by SQS's older rule, only those up to U+FFFD. The same JSON, escaped. */
function inBasicPlane(json: string): string {
  return json.replace(/[\ud800-\udfff]/g, half => `\\u${half.charCodeAt(0).toString(16)}`);
}

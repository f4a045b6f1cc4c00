import { randomUUID } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import { type PartAnswer, type PartRequest, s3Error } from '../gateway/exchange.ts';
import type { Forwarder } from '../gateway/forward.ts';

/** Says to whom a bucket reports objects that were made in it. */
export interface BucketNotification {
  readonly bucket: string;
  readonly queue: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** The event names behind `s3:ObjectCreated:*`, by the operation that made the object. */
const CREATED = new Map([
  ['PutObject', 'ObjectCreated:Put'],
  ['PostObject', 'ObjectCreated:Post'],
  ['CopyObject', 'ObjectCreated:Copy'],
  ['CompleteMultipartUpload', 'ObjectCreated:CompleteMultipartUpload'],
]);

/**
 * What the embedded S3 lacks: `If-None-Match: *` on writes, and notifications. Writes of one key wait for each other,
 * so that of two conditional ones exactly one wins.
 */
export class BucketFront {
  readonly #storage: Forwarder;
  readonly #notifications: readonly BucketNotification[];
  readonly #send: (queue: string, body: string) => void;
  readonly #now: () => Instant;
  readonly #region: string;
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(options: {
    storage: Forwarder;
    notifications: readonly BucketNotification[];
    send: (queue: string, body: string) => void;
    now: () => Instant;
    region: string;
  }) {
    this.#storage = options.storage;
    this.#notifications = options.notifications;
    this.#send = options.send;
    this.#now = options.now;
    this.#region = options.region;
  }

  answer(operation: string, request: PartRequest): Promise<PartAnswer> {
    if (!CREATED.has(operation)) return this.#storage.send(request);
    const path = pathOf(request);
    const turn = (this.#writing.get(path) ?? Promise.resolve()).then(() => this.#write(operation, request));
    const settled = turn.catch(() => undefined);
    this.#writing.set(path, settled);
    void settled.then(() => this.#writing.get(path) === settled && this.#writing.delete(path));
    return turn;
  }

  async #write(operation: string, request: PartRequest): Promise<PartAnswer> {
    const path = pathOf(request);
    if (request.headers['if-none-match'] === '*' && (await this.#head(path)).status === 200) {
      return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    }
    const answer = await this.#storage.send(request);
    if (answer.status === 200) await this.#notify(path, CREATED.get(operation) ?? operation);
    return answer;
  }

  async #notify(path: string, eventName: string): Promise<void> {
    const { bucket, key } = objectAt(path);
    const wanted = this.#notifications.filter(
      ({ bucket: of, prefix, suffix }) => of === bucket && key.startsWith(prefix) && key.endsWith(suffix),
    );
    if (wanted.length === 0) return;
    const { headers } = await this.#head(path);
    const object = {
      key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
      size: Number(headers['content-length'] ?? 0),
      eTag: String(headers.etag ?? '').replaceAll('"', ''),
      sequencer: this.#now().toString(16).toUpperCase().padStart(16, '0'),
    };
    for (const { queue } of wanted)
      this.#send(queue, JSON.stringify({ Records: [this.#record(bucket, object, eventName)] }));
  }

  #record(bucket: string, object: object, eventName: string): object {
    return {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: this.#region,
      eventTime: new Date(this.#now()).toISOString(),
      eventName,
      responseElements: { 'x-amz-request-id': randomUUID() },
      s3: { s3SchemaVersion: '1.0', bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` }, object },
    };
  }

  #head(path: string): Promise<PartAnswer> {
    return this.#storage.send({ method: 'HEAD', url: path, headers: {}, body: Buffer.alloc(0) });
  }
}

function pathOf(request: PartRequest): string {
  return new URL(request.url, 'http://s3').pathname;
}

function objectAt(path: string): { bucket: string; key: string } {
  const [, bucket = '', ...key] = path.split('/');
  return { bucket, key: decodeURIComponent(key.join('/')) };
}

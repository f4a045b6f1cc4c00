import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { BatchMessage } from '../posting/batch-message.ts';
import type { RawObject } from './audit-objects.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const RAW_KEY = /^raw\/[\d-]+\/([^/]+)\/(.+)\.json\.gz$/;

/**
 * The bucket's part in usage: `raw/` has batches too large for a message, whose notification goes to the same queue;
 * `archive/` has what intake took from messages, one object an invocation, a batch a line. Together they are every
 * batch ever accepted, as it was accepted: a raw object is its own archive.
 */
export class UsageBucket {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.client = client;
    this.bucket = bucket;
  }

  async putRaw(message: BatchMessage): Promise<void> {
    const key = `raw/${dayOf(message.acceptedSeconds * SECOND)}/${message.source}/${message.batch}.json.gz`;
    await this.put(key, JSON.stringify(message));
  }

  /** Returns the object's key. The same batches give the same key. */
  async archive(messages: readonly BatchMessage[]): Promise<string> {
    const hash = createHash('sha256');
    for (const { source, batch } of messages) hash.update(`${source}\n${batch}\n`);
    const day = dayOf(Math.min(...messages.map(one => one.acceptedSeconds)) * SECOND);
    const key = `archive/${day}/${hash.digest('base64url').slice(0, 22)}.ndjson.gz`;
    await this.put(key, messages.map(one => `${JSON.stringify(one)}\n`).join(''));
    return key;
  }

  /** The raw objects from the UTC day of the first moment on, before that of the second. */
  async *rawObjects(from: Instant, to: Instant): AsyncGenerator<RawObject> {
    const end = `raw/${dayOf(to)}/`;
    // One listing over all days: keys sort by day, and one that holds nothing costs no call of its own.
    const list = { Bucket: this.bucket, Prefix: 'raw/', StartAfter: `raw/${dayOf(from)}/` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client: this.client }, list)) {
      for (const { Key = '' } of Contents) {
        if (Key >= end) return;
        const [, source, batch] = RAW_KEY.exec(Key) ?? [];
        if (source === undefined || batch === undefined) continue;
        yield { key: Key, source, batch };
      }
    }
  }

  /** The batches of an object of either kind. */
  async read(key: string): Promise<BatchMessage[]> {
    const answer = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
    const bytes = await answer.Body?.transformToByteArray();
    if (bytes === undefined) throw new Error('An object of the usage bucket is empty.');
    const text = (await unzip(bytes)).toString('utf8');
    return text
      .split('\n')
      .filter(line => line !== '')
      .map(line => BatchMessage.parse(JSON.parse(line)));
  }

  private async put(key: string, text: string): Promise<void> {
    const Body = await zip(text);
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body }));
  }
}

function dayOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

import { randomUUID } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import type { StoredObject } from './stored-objects.ts';

/** Says to whom a bucket reports objects that were made in it. */
export interface BucketNotification {
  readonly bucket: string;
  readonly queue: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Tells queues of objects that were put into a bucket, as S3 does. */
export function bucketEvents(options: {
  notifications: readonly BucketNotification[];
  send: (queue: string, body: string) => void;
  now: () => Instant;
  region: string;
}): (bucket: string, object: StoredObject) => void {
  const { notifications, send, now, region } = options;
  return (bucket, { key, body, etag }) => {
    for (const { bucket: of, queue, prefix, suffix } of notifications) {
      if (of !== bucket || !key.startsWith(prefix) || !key.endsWith(suffix)) continue;
      const record = {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date(now()).toISOString(),
        eventName: 'ObjectCreated:Put',
        responseElements: { 'x-amz-request-id': randomUUID() },
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: {
            key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
            size: body.length,
            eTag: etag.replaceAll('"', ''),
            sequencer: now().toString(16).toUpperCase().padStart(16, '0'),
          },
        },
      };
      send(queue, JSON.stringify({ Records: [record] }));
    }
  };
}

import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ManifestStore } from './frozen-object.ts';

/** Manifests as objects of a bucket. */
export function manifestsIn(client: S3Client, bucket: string): ManifestStore {
  return {
    async write(key, bytes) {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: 'application/gzip' }),
      );
    },
    async read(key) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (answer.Body === undefined) throw new RangeError(`The bucket has no ${key}`);
      return answer.Body.transformToByteArray();
    },
  };
}

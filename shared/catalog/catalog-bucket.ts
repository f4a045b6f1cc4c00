import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CatalogTexts } from './catalog-store.ts';

/** Catalog texts as objects of a bucket. */
export function catalogTextsIn(client: S3Client, bucket: string): CatalogTexts {
  return {
    async read(key) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (answer.Body === undefined) throw new RangeError(`The bucket has no ${key}`);
      return answer.Body.transformToString('utf-8');
    },
    async write(key, text) {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' }),
      );
    },
  };
}

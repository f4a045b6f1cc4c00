import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BillObjects } from './bill-objects.ts';

/** Bills as objects of a bucket. */
export function billsIn(client: S3Client, bucket: string): BillObjects {
  const put = (key: string, bytes: Uint8Array, contentType: string, condition = {}) =>
    client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, ...condition }),
    );
  return {
    async writeOnce(key, bytes, contentType) {
      try {
        await put(key, bytes, contentType, { IfNoneMatch: '*' });
        return true;
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412) return false;
        throw error;
      }
    },
    async write(key, bytes, contentType) {
      await put(key, bytes, contentType);
    },
    async read(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await answer.Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}

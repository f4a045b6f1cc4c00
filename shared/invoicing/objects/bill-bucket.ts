import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BillObjects } from './bill-objects.ts';

const LINK_SECONDS = 300;

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
    async link(key, { contentType, contentDisposition }) {
      // Signed with the function's own rights. Loaded where it is needed: hardly any bill is that large.
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const shown = { ResponseContentType: contentType, ResponseContentDisposition: contentDisposition };
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...shown });
      return getSignedUrl(client, command, { expiresIn: LINK_SECONDS });
    },
  };
}

import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BillObjects } from './bill-objects.ts';

const LINK_SECONDS = 300;
/** S3 takes parts of 5 MiB and more, the last one aside. */
const UPLOADED_AT_ONCE = 8 * 1024 * 1024;

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
    async readUpTo(key, most) {
      try {
        const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (ContentLength <= most) return await Body?.transformToByteArray();
        // Its connection is of no use any more.
        Body?.transformToWebStream().cancel();
        return 'larger';
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async upload(key, chunks, contentType) {
      const place = { Bucket: bucket, Key: key };
      const begun = await client.send(new CreateMultipartUploadCommand({ ...place, ContentType: contentType }));
      const upload = { ...place, UploadId: begun.UploadId };
      const parts: CompletedPart[] = [];
      for await (const bytes of inParts(chunks, UPLOADED_AT_ONCE)) {
        const PartNumber = parts.length + 1;
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: bytes }));
        parts.push({ PartNumber, ...(ETag !== undefined && { ETag }) });
      }
      // One that was begun and never completed is removed by the bucket.
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
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

/** At least `size` bytes at a time, but for the last; one part where there are none. */
async function* inParts(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let kept: Uint8Array[] = [];
  let bytes = 0;
  let isFirst = true;
  for await (const chunk of chunks) {
    kept.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < size) continue;
    yield Buffer.concat(kept);
    isFirst = false;
    kept = [];
    bytes = 0;
  }
  if (bytes > 0 || isFirst) yield Buffer.concat(kept);
}

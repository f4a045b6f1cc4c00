import { S3Client } from '@aws-sdk/client-s3';
import { UsageBucket } from '#shared/usage/intake/usage-bucket.ts';

/**
 * What is in the bucket. A file of its own, to be imported when it is needed: the client is a fifth of the code, and
 * batches that fit into a message never ask for it.
 */
export function openObjects(bucket: string): { readonly s3: S3Client; readonly usage: UsageBucket } {
  const s3 = new S3Client({});
  return { s3, usage: new UsageBucket(s3, bucket) };
}

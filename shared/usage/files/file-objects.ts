import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Unavailable } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { UnreadableFile } from './unreadable-file.ts';

export interface StoredFile {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  readonly modifiedAt: Instant;
}

/** Port: the objects that files of usage are made of. */
export interface FileObjects {
  /**
   * Some bytes, and how many the whole has. `to` does not belong to them.
   * @throws UnreadableFile `gone`, or `replaced` when the object is not the one of this etag
   * @throws Unavailable
   */
  readonly read: (key: string, from: number, to: number, etag?: string) => Promise<ReadBytes>;
  readonly put: (key: string, bytes: Uint8Array, type?: string) => Promise<void>;
  /** In order of their keys. */
  readonly list: (prefix: string) => AsyncIterable<StoredFile>;
  /** Where this object alone can be fetched for a while. */
  readonly readAddress: (key: string, name: string) => Promise<string>;
  /** Where this object alone can be put until then. */
  readonly putAddress: (key: string, seconds: number) => Promise<string>;
}

export interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly etag: string;
}

const LINK_SECONDS = 3_600;

export function fileObjectsIn(client: S3Client, bucket: string): FileObjects {
  return {
    async read(key, from, to, etag) {
      try {
        const answer = await client.send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: key,
            Range: `bytes=${from}-${to - 1}`,
            IfMatch: etag && `"${etag}"`,
          }),
        );
        const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
        const size = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? bytes.length);
        return { bytes, size, etag: bareTag(answer.ETag) };
      } catch (error) {
        // Nothing lies behind the end, nor in an empty object.
        if (statusOf(error) === 416) return { bytes: new Uint8Array(), size: 0, etag: etag ?? '' };
        throw told(error);
      }
    },
    async put(key, bytes, type) {
      const head = type === undefined ? {} : { ContentType: type, ContentEncoding: 'gzip' };
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ...head })).catch(error => {
        throw told(error);
      });
    },
    async *list(prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key: key = '', ETag, Size: size = 0, LastModified } of Contents) {
          yield { key, etag: bareTag(ETag), size, modifiedAt: LastModified?.getTime() ?? 0 };
        }
      }
    },
    async readAddress(key, name) {
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      const shown = { ResponseContentDisposition: `attachment; filename="${name}"` };
      return getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key, ...shown }), {
        expiresIn: LINK_SECONDS,
      });
    },
    async putAddress(key, seconds) {
      const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
      return getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds });
    },
  };
}

function bareTag(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}

/** What a refusal of the bucket means for the file. */
function told(error: unknown): unknown {
  const status = statusOf(error);
  // Whoever may not list is told 403 of what is not there.
  if (status === 404 || status === 403) {
    return new UnreadableFile('gone', 'The object was deleted before it was read. Send the file again.');
  }
  if (status === 412) {
    return new UnreadableFile(
      'replaced',
      'The object was overwritten before it was read to its end. Send the first file again, under a name of its own.',
    );
  }
  const isPassing = status === undefined || status === 429 || status >= 500;
  return isPassing ? new Unavailable('bucket-fails', 'The bucket does not answer.', { cause: error }) : error;
}

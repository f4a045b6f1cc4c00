import { join } from 'node:path';
import type { Instant } from '#shared/platform/instant.ts';
import { type PartAnswer, type PartRequest, s3Error } from '../gateway/exchange.ts';
import { listAnswer } from './list-answer.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { presignedRefusal } from './presigned.ts';
import { type StoredObject, StoredObjects } from './stored-objects.ts';

/** Kept in memory: enough for a million records in a file. */
const LARGEST_BODY = 256 * 1024 * 1024;
/** What a writer says of an object and a reader is told again. */
const KEPT_HEADERS =
  /^(content-(type|encoding|disposition|language)|cache-control|expires|x-amz-meta-.+|x-amz-checksum-.+)$/;
const EMPTY = Buffer.alloc(0);

export type BucketsSnapshot = ReadonlyMap<string, ReadonlyMap<string, StoredObject>>;

/** Told of an object that was written. */
export type Written = (
  bucket: string,
  object: StoredObject,
  operation: 'PutObject' | 'CompleteMultipartUpload',
) => void;

/** S3 in this process, path style: objects in one piece or in parts, put, read, listed and removed; anything else is refused by name. */
export class BucketService {
  readonly #buckets = new Map<string, StoredObjects>();
  readonly #folder: string | undefined;
  readonly #written: Written;
  readonly #uploads = new MultipartUploads();
  readonly #now: () => Instant;

  /** `folder` keeps all buckets over restarts. */
  constructor(options: { folder?: string; written: Written; now: () => Instant }) {
    this.#folder = options.folder;
    this.#written = options.written;
    this.#now = options.now;
  }

  create(name: string): void {
    if (this.#buckets.has(name)) return;
    this.#buckets.set(
      name,
      new StoredObjects(this.#now, this.#folder === undefined ? undefined : join(this.#folder, name)),
    );
  }

  snapshot(): BucketsSnapshot {
    return new Map(Array.from(this.#buckets, ([name, objects]) => [name, objects.snapshot()]));
  }

  restore(snapshot: BucketsSnapshot): void {
    for (const [name, objects] of this.#buckets) objects.restore(snapshot.get(name) ?? new Map());
  }

  async answer(operation: string, request: PartRequest): Promise<PartAnswer> {
    const { pathname, searchParams } = new URL(request.url, 'http://s3');
    const [, name = '', ...path] = pathname.split('/');
    const key = decodeURIComponent(path.join('/'));
    if (operation === 'CreateBucket') {
      this.create(name);
      return empty(200);
    }
    const refused = presignedRefusal(request, this.#now());
    if (refused !== undefined) return refused;
    const objects = this.#buckets.get(name);
    if (objects === undefined) return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
    switch (operation) {
      case 'PutObject':
        return this.#put(name, objects, key, request);
      case 'CreateMultipartUpload':
        return xml('InitiateMultipartUploadResult', [
          ['Bucket', name],
          ['Key', key],
          ['UploadId', this.#uploads.begin(key, keptHeaders(request))],
        ]);
      case 'UploadPart':
        return this.#putPart(searchParams, request);
      case 'CompleteMultipartUpload':
        return this.#complete(name, objects, searchParams.get('uploadId') ?? '');
      case 'AbortMultipartUpload':
        this.#uploads.abort(searchParams.get('uploadId') ?? '');
        return empty(204);
      case 'GetObject':
      case 'HeadObject':
        return read(objects.get(key), request, operation === 'HeadObject');
      case 'DeleteObject':
        objects.remove(key);
        return empty(204);
      case 'DeleteObjects':
        return removeMany(objects, request.body.toString());
      case 'ListObjectsV2':
        return listAnswer(name, objects, searchParams);
      case 'HeadBucket':
        return empty(200);
      default:
        return s3Error(501, 'NotImplemented', `The local cloud's buckets do not know ${operation}.`);
    }
  }

  #putPart(asked: URLSearchParams, request: PartRequest): PartAnswer {
    const body = bodyOf(request);
    if (body.length > LARGEST_BODY) return tooLarge();
    const etag = this.#uploads.put(asked.get('uploadId') ?? '', Number(asked.get('partNumber')), Buffer.from(body));
    return etag === undefined ? noSuchUpload() : { status: 200, headers: { etag }, body: EMPTY };
  }

  #complete(bucket: string, objects: StoredObjects, id: string): PartAnswer {
    const whole = this.#uploads.complete(id);
    if (whole === 'no-such-upload') return noSuchUpload();
    if (whole === 'part-too-small') {
      return s3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    const object = objects.put(whole.key, whole.body, whole.headers);
    this.#written(bucket, object, 'CompleteMultipartUpload');
    return xml('CompleteMultipartUploadResult', [
      ['Bucket', bucket],
      ['Key', whole.key],
      ['ETag', object.etag],
    ]);
  }

  #put(bucket: string, objects: StoredObjects, key: string, request: PartRequest): PartAnswer {
    const { headers } = request;
    if (headers['if-none-match'] === '*' && objects.get(key) !== undefined) {
      return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    }
    const body = bodyOf(request);
    if (body.length > LARGEST_BODY) return tooLarge();
    const object = objects.put(key, Buffer.from(body), keptHeaders(request));
    this.#written(bucket, object, 'PutObject');
    return { status: 200, headers: { etag: object.etag }, body: EMPTY };
  }
}

function bodyOf({ headers, body }: PartRequest): Buffer {
  const isChunked = String(headers['content-encoding'] ?? '').includes('aws-chunked');
  return isChunked ? unchunked(body) : body;
}

function keptHeaders({ headers }: PartRequest): Record<string, string> {
  const kept: [string, string][] = Object.entries(headers)
    .filter(([name]) => KEPT_HEADERS.test(name))
    .map(([name, value]) => [name, String(value).replace(/^aws-chunked,? ?/, '')]);
  return Object.fromEntries(kept.filter(([, value]) => value !== ''));
}

function tooLarge(): PartAnswer {
  return s3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
}

function noSuchUpload(): PartAnswer {
  return s3Error(404, 'NoSuchUpload', 'The specified multipart upload does not exist.');
}

function xml(root: string, members: readonly (readonly [name: string, value: string])[]): PartAnswer {
  const inside = members.map(([name, value]) => `<${name}>${escaped(value)}</${name}>`).join('');
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A presigned address may ask for other headers: `response-content-type=...`. */
function read(object: StoredObject | undefined, request: PartRequest, isHead: boolean): PartAnswer {
  if (object === undefined) {
    return isHead ? empty(404) : s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  const { headers, etag, modifiedAt, body } = object;
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== etag) {
    return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const range = rangeOf(request.headers.range, body.length);
  if (range === 'not-satisfiable') return s3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  const overridden = [...new URL(request.url, 'http://s3').searchParams].flatMap(([name, value]) => {
    const [, header] = /^response-(.+)$/.exec(name) ?? [];
    return header === undefined ? [] : [[header, value]];
  });
  const shown = range === undefined ? body : body.subarray(range.from, range.to);
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'content-type': 'binary/octet-stream',
      // The sums are those of the whole: S3 tells none with a part.
      ...(range === undefined ? headers : withoutSums(headers)),
      ...Object.fromEntries(overridden),
      etag,
      'last-modified': new Date(modifiedAt).toUTCString(),
      'content-length': shown.length,
      'accept-ranges': 'bytes',
      ...(range && { 'content-range': `bytes ${range.from}-${range.to - 1}/${body.length}` }),
    },
    body: isHead ? EMPTY : shown,
  };
}

function withoutSums(headers: StoredObject['headers']): StoredObject['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')));
}

/** `to` does not belong to it. One range with both ends is all that is asked for here. */
function rangeOf(
  header: string | undefined,
  size: number,
): { from: number; to: number } | 'not-satisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '') return undefined;
  const from = Number(first);
  const to = last === '' ? size : Math.min(Number(last) + 1, size);
  return from >= size || to <= from ? 'not-satisfiable' : { from, to };
}

function removeMany(objects: StoredObjects, text: string): PartAnswer {
  for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) objects.remove(unescaped(key));
  const answer =
    '<?xml version="1.0" encoding="UTF-8"?>\n<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></DeleteResult>';
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(answer) };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** Chunks as `aws-chunked` has them: length in hex, a line's end, so many bytes, a line's end; zero ends it. */
function unchunked(sent: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < sent.length; ) {
    const end = sent.indexOf('\r\n', at);
    const length = Number.parseInt(sent.toString('latin1', at, end), 16);
    if (!(length > 0)) break;
    chunks.push(sent.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(chunks);
}

const empty = (status: number): PartAnswer => ({ status, headers: {}, body: EMPTY });

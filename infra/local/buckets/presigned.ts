import { createHash, createHmac } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import { type PartAnswer, type PartRequest, s3Error } from '../gateway/exchange.ts';

/** Of every function of the local cloud (`function-environment.ts`). */
const SECRET = 'local';

/**
 * Refuses an address that was signed for another object, another method or another time, as S3 does
 * (docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). `undefined`: it is as it was signed, or it is
 * not a presigned one.
 */
export function presignedRefusal({ method, url, headers }: PartRequest, now: Instant): PartAnswer | undefined {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const signature = searchParams.get('X-Amz-Signature');
  if (signature === null) return undefined;
  const asked = (name: string) => searchParams.get(name) ?? '';
  const signedAt = asked('X-Amz-Date');
  const [, ...scope] = asked('X-Amz-Credential').split('/');
  const signedHeaders = asked('X-Amz-SignedHeaders');
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort();
  const told = signedHeaders.split(';').map(name => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const request = [method, pathname, query.join('&'), told.join(''), signedHeaders, 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(request).digest('hex');
  const key = scope.reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${SECRET}`);
  const right = hmac(key, ['AWS4-HMAC-SHA256', signedAt, scope.join('/'), hash].join('\n')).toString('hex');
  if (right !== signature) {
    return s3Error(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  const until = momentOf(signedAt) + Number(asked('X-Amz-Expires')) * 1_000;
  return now > until ? s3Error(403, 'AccessDenied', 'Request has expired') : undefined;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** `20261112T081500Z` */
function momentOf(text: string): Instant {
  return Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2}T\d{2})(\d{2})(\d{2}Z)$/, '$1-$2-$3:$4:$5'));
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

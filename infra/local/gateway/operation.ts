import * as z from 'zod';
import { jsonOf, type PartRequest } from './exchange.ts';

export type Service = 'DynamoDB' | 'SQS' | 'SSM' | 'S3' | 'SES' | 'Stripe' | 'Operator';

const TARGETS = new Map<string, Service>([
  ['DynamoDB_20120810', 'DynamoDB'],
  ['AmazonSQS', 'SQS'],
  ['AmazonSSM', 'SSM'],
]);

/**
 * Which service and operation an AWS request asks for: JSON protocols say it in `x-amz-target`, the query protocol in a
 * form's `Action`, the rest is S3. A service that is not known here is told by its name.
 */
export function awsOperation(request: PartRequest): { service: Service; name: string } | { unknown: string } {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', name = ''] = target.split('.');
    const service = TARGETS.get(prefix);
    return service === undefined ? { unknown: target } : { service, name };
  }
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return { service: 'S3', name: s3Operation(request) };
  }
  const name = new URLSearchParams(request.body.toString()).get('Action') ?? '';
  const signedFor = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];
  return signedFor === 'ses' ? { service: 'SES', name } : { unknown: `${signedFor} ${name}` };
}

function s3Operation({ method, url, headers }: PartRequest): string {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, bucket = '', ...key] = pathname.split('/');
  const isObject = key.join('/') !== '';
  if (bucket === '') return 'ListBuckets';
  switch (method) {
    case 'PUT':
      if (!isObject) return 'CreateBucket';
      if (searchParams.has('partNumber')) return 'UploadPart';
      return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
    case 'POST':
      if (searchParams.has('uploads')) return 'CreateMultipartUpload';
      if (searchParams.has('uploadId')) return 'CompleteMultipartUpload';
      return searchParams.has('delete') ? 'DeleteObjects' : 'PostObject';
    case 'GET':
      if (isObject) return 'GetObject';
      return searchParams.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    case 'HEAD':
      return isObject ? 'HeadObject' : 'HeadBucket';
    case 'DELETE':
      if (searchParams.has('uploadId')) return 'AbortMultipartUpload';
      return isObject ? 'DeleteObject' : 'DeleteBucket';
    default:
      return method;
  }
}

/** `POST /v1/subscriptions/{id}`: ids are made by Stripe and differ from run to run. */
export function stripeOperation({ method, url }: PartRequest): string {
  const { pathname } = new URL(url, 'http://stripe');
  const segments = pathname.split('/').map(segment => (isStripeId(segment) ? '{id}' : segment));
  return `${method} ${segments.join('/')}`;
}

function isStripeId(segment: string): boolean {
  return /^[a-z]+(_[a-z]+)*_[A-Za-z0-9]{6,}$/.test(segment) && /[A-Z0-9]/.test(segment);
}

const Posted = z.object({ kind: z.string() });

/** `POST sms`: what is posted to the operator says itself what it is. */
export function operatorOperation({ method, body }: PartRequest): string {
  const posted = Posted.safeParse(jsonOf(body));
  return posted.success ? `${method} ${posted.data.kind}` : method;
}

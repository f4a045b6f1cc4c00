import type { PartRequest } from './exchange.ts';

export type Service = 'DynamoDB' | 'SQS' | 'SSM' | 'S3' | 'Stripe';

const TARGETS = new Map<string, Service>([
  ['DynamoDB_20120810', 'DynamoDB'],
  ['AmazonSQS', 'SQS'],
  ['AmazonSSM', 'SSM'],
]);

/** Which service and operation an AWS request asks for: JSON protocols say it in `x-amz-target`, the rest is S3. */
export function awsOperation(request: PartRequest): { service: Service; name: string } | undefined {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') return { service: 'S3', name: s3Operation(request) };
  const [prefix = '', name = ''] = target.split('.');
  const service = TARGETS.get(prefix);
  return service === undefined ? undefined : { service, name };
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

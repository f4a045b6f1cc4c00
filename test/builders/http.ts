import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { type AnswerBody, answerBody } from '#test/parts/answer-body.ts';

interface Request {
  readonly method?: string;
  /** With the query: `/v1/usage?batch=b-1`. */
  readonly path: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a string or bytes as they are. */
  readonly body?: unknown;
  readonly gzip?: boolean;
}

/** An HTTP API event (payload 2.0) as API Gateway makes it: binary and compressed bodies arrive as base64. */
export function anHttpEvent(request: Request): APIGatewayProxyEventV2 {
  const method = request.method ?? 'GET';
  const url = new URL(request.path, 'https://api.example.com');
  const query = Object.fromEntries(url.searchParams);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: {
      ...(request.key !== undefined && { authorization: `Bearer ${request.key}` }),
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.gzip === true && { 'content-encoding': 'gzip' }),
      ...request.headers,
    },
    ...(url.search !== '' && { queryStringParameters: query }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example.com',
      domainPrefix: 'api',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '01/Nov/2026:00:00:00 +0000',
      timeEpoch: 1_793_491_200_000,
    },
    ...bodyOf(request),
  };
}

function bodyOf({ body, gzip }: Request): { body?: string; isBase64Encoded: boolean } {
  if (body === undefined) return { isBase64Encoded: false };
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  if (gzip === true) return { body: gzipSync(content).toString('base64'), isBase64Encoded: true };
  if (typeof content === 'string') return { body: content, isBase64Encoded: false };
  return { body: Buffer.from(content).toString('base64'), isBase64Encoded: true };
}

export const aContext: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'function',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:function',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: AnswerBody;
}

/** Sends a request to a handler, as the HTTP API would, and reads the answer. */
export async function ask(
  handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>,
  request: Request,
): Promise<Answered> {
  const result = await handler(anHttpEvent(request), aContext);
  return {
    status: result.statusCode ?? 0,
    headers: result.headers ?? {},
    text: result.body ?? '',
    body: answerBody(result.body ?? ''),
  };
}

import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { InvalidInput } from '../failure.ts';
import { failureDetails, PARSING } from './failure-details.ts';
import { jsonFault } from './json-fault.ts';

/** Contract 1: bytes as sent, and after inflating. */
export const BODY_LIMITS = { sent: 4 * 1024 * 1024, inflated: 10 * 1024 * 1024, depth: 64 } as const;

/** A body as text, inflated and known to be UTF-8. */
export interface RawBody {
  /** Lower case, without parameters: `application/json`. */
  readonly contentType: string;
  readonly text: string;
}

/** How a route reads its body. */
export interface BodyReader<B> {
  readonly read: (body: RawBody) => B;
  /** By content type, for the OpenAPI document. */
  readonly content: () => Readonly<Record<string, z.ZodType>>;
  readonly mayBeLeftOut?: boolean;
}

/** A JSON body of this shape: 415, 400 (not JSON, too deep) or 422 with `errors[]` for anything else. */
export function jsonBody<S extends z.ZodType>(schema: S): BodyReader<z.infer<S>> {
  return bodyOfTypes(schema, ['application/json']);
}

/** What changes and nothing else (RFC 7396), under its own content type or as any JSON. */
export function mergePatchBody<S extends z.ZodType>(schema: S): BodyReader<z.infer<S>> {
  return bodyOfTypes(schema, ['application/merge-patch+json', 'application/json']);
}

function bodyOfTypes<S extends z.ZodType>(schema: S, types: readonly string[]): BodyReader<z.infer<S>> {
  return {
    content: () => Object.fromEntries(types.map(type => [type, schema])),
    read: body => {
      if (!types.includes(body.contentType)) throw unsupportedType(body.contentType, ...types);
      const value = parseJson(body.text);
      if (!isNestedWithin(value, BODY_LIMITS.depth)) throw tooDeep();
      return checkedBody(schema, value);
    },
  };
}

/** @throws InvalidInput 422 `invalid-body` */
export function checkedBody<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value, PARSING);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(422, 'invalid-body', 'The body does not have the expected fields.', {
    errors: failureDetails(parsed.error, schema),
  });
}

/** As `jsonBody`, for bodies that may be left out. */
export function bodyOrNothing<S extends z.ZodType>(schema: S): BodyReader<z.infer<S> | undefined> {
  const body = jsonBody(schema);
  return { ...body, mayBeLeftOut: true, read: raw => (raw.text === '' ? undefined : body.read(raw)) };
}

/** @throws InvalidInput 413 (too long), 415 (encoding), 400 (not gzip, not UTF-8) */
export function readRawBody(event: APIGatewayProxyEventV2): RawBody {
  const sent = event.body ?? '';
  const length = Buffer.byteLength(sent, event.isBase64Encoded ? 'base64' : 'utf8');
  if (length > BODY_LIMITS.sent) throw tooLarge(`The body has ${length} bytes; at most ${BODY_LIMITS.sent} are taken.`);
  const [contentType = '', ...parameters] = (event.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map(one => one.trim()).find(one => one.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new InvalidInput(415, 'unsupported-charset', 'The body must be UTF-8.');
  }
  return { contentType: contentType.trim(), text: decode(sent, event) };
}

function decode(sent: string, event: APIGatewayProxyEventV2): string {
  const encoding = (event.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' && !event.isBase64Encoded) return wholeText(sent);
  const bytes = Buffer.from(sent, event.isBase64Encoded ? 'base64' : 'utf8');
  if (encoding === 'identity') return utf8(bytes);
  if (encoding === 'gzip') return utf8(inflate(bytes));
  throw new InvalidInput(415, 'unsupported-encoding', 'The only supported content-encoding is gzip.');
}

/**
 * What the gateway has decoded already: bytes that are not UTF-8 have become U+FFFD, all of them the same, so that two
 * ids would become one. The mark that Windows tools put in front is left out, as `TextDecoder` leaves it out.
 */
function wholeText(sent: string): string {
  if (sent.includes(REPLACED)) throw notUtf8();
  return sent.startsWith('\uFEFF') ? sent.slice(1) : sent;
}

const REPLACED = '\uFFFD';

/** Stops at the limit instead of inflating a bomb: 10 MB of zeros are 10 KB of gzip. */
function inflate(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: BODY_LIMITS.inflated });
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooLarge(`The body inflates to more than ${BODY_LIMITS.inflated} bytes.`);
    }
    throw new InvalidInput(400, 'not-gzip', 'The body is not gzip, as its content-encoding says.', { cause: error });
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch (error) {
    throw notUtf8(error);
  }
}

function notUtf8(cause?: unknown): InvalidInput {
  return new InvalidInput(400, 'not-utf-8', 'The body is not UTF-8. Send it in UTF-8.', { cause });
}

/** @throws InvalidInput 400 `not-json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(400, 'not-json', `The body is not JSON: ${faultOf(text)}`, { cause: error });
  }
}

/** `"," is not expected at line 1, column 8.` The text begins at line `first` of the body. */
export function faultOf(text: string, first = 1): string {
  if (text.trim() === '') return 'it is empty.';
  const { line, column, found } = jsonFault(text);
  const place = `line ${line + first - 1}, column ${column}`;
  return found === undefined
    ? `it ends too early, at ${place}.`
    : `${JSON.stringify(found)} is not expected at ${place}.`;
}

/** Without recursion: the engine parses a million brackets happily, a recursive walk over them overflows the stack. */
export function isNestedWithin(value: unknown, depth: number): boolean {
  let level = [value];
  for (let left = depth; level.length > 0; left--) {
    const nested = level.filter(one => typeof one === 'object' && one !== null);
    if (nested.length > 0 && left === 0) return false;
    level = nested.flatMap(one => Object.values(one as object));
  }
  return true;
}

export function tooDeep(): InvalidInput {
  return new InvalidInput(400, 'nested-too-deep', `The body is nested deeper than ${BODY_LIMITS.depth} levels.`);
}

export function unsupportedType(sent: string, ...taken: string[]): InvalidInput {
  const name = sent === '' ? 'none' : sent.slice(0, 100);
  return new InvalidInput(
    415,
    'unsupported-content-type',
    `The content-type is ${name}; supported: ${taken.join(', ')}.`,
  );
}

function tooLarge(detail: string): InvalidInput {
  return new InvalidInput(413, 'body-too-large', detail);
}

import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** A request on its way to a part. */
export interface PartRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PartAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export function jsonAnswer(status: number, content: unknown, type = 'application/json'): PartAnswer {
  const body = Buffer.from(JSON.stringify(content));
  return { status, headers: { 'content-type': type }, body };
}

/** The body as JSON; `undefined` when it is not JSON. Nothing at all is an empty object. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || '{}');
  } catch {
    return undefined;
  }
}

/** As the AWS JSON protocols tell errors: SDKs read the class from `__type`. */
export function awsError(status: number, type: string, message: string): PartAnswer {
  return jsonAnswer(status, { __type: type, message, Message: message }, 'application/x-amz-json-1.0');
}

export function s3Error(status: number, code: string, message: string): PartAnswer {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}

/** As SES's query protocol tells errors: SDKs read the class from `Code`. */
export function sesError(status: number, code: string, message: string): PartAnswer {
  const escaped = message.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`);
  const type = status < 500 ? 'Sender' : 'Receiver';
  const text = `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${type}</Type><Code>${code}</Code><Message>${escaped}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}

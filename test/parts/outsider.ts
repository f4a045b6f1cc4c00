import { gzipSync } from 'node:zlib';
import { type AnswerBody, answerBody } from './answer-body.ts';

/** The key that `npm start` prints: every scope, source `local`. */
export const ADMIN_KEY = 'dk_local_admin';

interface Sending {
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null`: without any. */
  readonly key?: string | null;
  readonly gzip?: boolean;
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AnswerBody;
}

/** Somebody with an HTTP client, a key and the contract, and nothing else. */
export class Outsider {
  readonly api: string;

  constructor(api: string) {
    this.api = api;
  }

  get(path: string, sending: Sending = {}): Promise<Heard> {
    return this.send('GET', path, sending);
  }

  put(path: string, body: unknown): Promise<Heard> {
    return this.send('PUT', path, { body });
  }

  post(path: string, body: unknown, sending: Sending = {}): Promise<Heard> {
    return this.send('POST', path, { ...sending, body });
  }

  async send(method: string, path: string, { body, headers, key = ADMIN_KEY, gzip = false }: Sending): Promise<Heard> {
    const content = body === undefined || isRaw(body) ? body : JSON.stringify(body);
    const response = await fetch(`${this.api}${path}`, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...(gzip && { 'content-encoding': 'gzip' }),
        ...headers,
      },
      ...(content !== undefined && { body: gzip ? new Uint8Array(gzipSync(content)) : content }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: answerBody(text) };
  }
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array;
}

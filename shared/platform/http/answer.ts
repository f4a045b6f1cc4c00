/** What a route answers: `body` is sent as JSON, or as it is when `content-type` is given and it is text or bytes. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** As in `set-cookie`. */
  readonly cookies?: readonly string[];
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

import type { Instant } from '#shared/platform/instant.ts';

/** What a request was answered with: enough to give the same answer again. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredAnswer extends Answer {
  /** Digest of method, path and parameters. */
  readonly request: string;
  readonly at: Instant;
}

export const SCOPES = [
  'usage:write',
  'accounts:write',
  'accounts:read',
  'bills:read',
  'dunning:write',
  'reports:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** The usage source that a key posts for (contract 1). */
export interface UsageSource {
  readonly name: string;
  /** Short base36 word, one per source for ever: it prefixes every record on a page. */
  readonly code: string;
  /** Signs the batch ids handed out to this source. */
  readonly batchSecret: string;
}

/** Who holds the API key of a request. */
export interface Caller {
  /** SHA-256 of the key, hex: tells callers apart without knowing their keys. */
  readonly keyDigest: string;
  readonly scopes: readonly Scope[];
  readonly source?: UsageSource | undefined;
}

/** Port: who holds this key; `undefined` for an unknown key. */
export type Authenticate = (key: string) => Promise<Caller | undefined>;

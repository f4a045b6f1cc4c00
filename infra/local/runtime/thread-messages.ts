/** What the main thread hands to a worker thread at its start. */
export interface ThreadSettings {
  readonly clock: SharedArrayBuffer;
  /** File URL of the module. */
  readonly module: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly timeoutMs: number;
}

/** What a worker thread says. `ready` comes once; `not-started` ends it. */
export type ThreadReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly message: string }
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly message: string };

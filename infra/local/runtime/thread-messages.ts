import type { DoorName } from '../gateway/gateways.ts';

/** What the main thread hands to a worker thread at its start. */
export interface ThreadSettings {
  readonly clock: SharedArrayBuffer;
  /** File URL of the module. */
  readonly module: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  /** Where this environment reaches AWS, Stripe and the operator: `http://127.0.0.1:port`. */
  readonly doors: Readonly<Record<DoorName, string>>;
}

/** What a worker thread is told: work, and what came of its calls. */
export type ThreadOrder = Invocation | CallAnswer;

export interface Invocation {
  readonly kind: 'invoke';
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly timeoutMs: number;
}

/** What came of the call with this id. `answer` is absent when the connection broke. */
export interface CallAnswer {
  readonly kind: 'answer';
  readonly id: number;
  readonly answer?: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  };
}

/** An HTTP request to one of the doors. */
export interface ThreadCall {
  readonly kind: 'call';
  readonly id: number;
  readonly door: DoorName;
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a worker thread says of itself. `ready` comes once; `not-started` ends it. */
export type ThreadReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-started'; readonly message: string }
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'threw'; readonly message: string };

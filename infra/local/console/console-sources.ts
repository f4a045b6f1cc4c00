import type { Instant } from '#shared/platform/instant.ts';
import type { CallLog } from '../gateway/call-log.ts';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';

/** What the console looks at: the product through its own API, and the parts of the local cloud. */
export interface ConsoleSources {
  /** The product's HTTP API. */
  readonly product: (request: PartRequest) => Promise<PartAnswer>;
  /** A value of the parameter store. */
  readonly parameter: (name: string) => string | undefined;
  readonly tables: { readonly address: string; readonly region: string };
  /** Physical names of all queues, and how many messages each holds. */
  readonly queues: { readonly names: readonly string[]; readonly length: (name: string) => number };
  readonly calls: CallLog;
  /** Base URL of the Stripe twin, or of the line to Stripe's sandbox. */
  readonly stripe: string;
  readonly clock: {
    readonly now: () => Instant;
    /** Moves only by command. */
    readonly isStill: () => boolean;
    /** `undefined`: time is the real one. */
    readonly moveTo: ((instant: Instant) => Promise<void>) | undefined;
  };
  /** While the start still tells the sample, the clock is not the reader's. */
  readonly isReady: () => boolean;
}

import type { Instant } from '#shared/platform/instant.ts';

/** An event on its way to an endpoint, until it is taken or given up. */
export interface Delivery {
  /** `<event>/<endpoint>` */
  readonly id: string;
  readonly event: string;
  readonly endpoint: string;
  readonly failedAttempts: number;
  /** The next attempt. */
  readonly at: Instant;
  /** Breaks ties: in the order of the events. */
  readonly sequence: number;
}

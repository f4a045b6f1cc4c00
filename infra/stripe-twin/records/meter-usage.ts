import type { Instant } from '#shared/platform/instant.ts';

/** A meter event as the twin keeps it, per meter and customer. */
export interface MeterEventRecord {
  /** Unix seconds: when the usage was. */
  readonly timestamp: number;
  /** Domain time at which it was reported. */
  readonly receivedAt: Instant;
  /** Rank among everything that happened: tells whether it was reported before an item was added. */
  readonly sequence: number;
  /** Whole number of 10^-12, as text because state is JSON. */
  readonly value: string;
}

/** When an identifier was last taken. */
export interface ReceivedIdentifier {
  readonly receivedAt: Instant;
}

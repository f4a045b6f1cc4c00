import type { IncidentCode } from '#shared/platform/incident-codes.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';

/** The provider's meter that a position counts on. */
export interface MeterAddress {
  readonly customer: string;
  readonly eventName: string;
  readonly meterId: string;
}

export interface MeterEvent extends MeterAddress {
  readonly identifier: string;
  readonly idempotencyKey: string;
  readonly value: bigint;
  readonly timestamp: Instant;
}

export type SendOutcome =
  /** Taken now, or there already under this identifier. */
  | { readonly outcome: 'arrived' }
  /** Surely not taken: refused for now, or no connection was made. */
  | { readonly outcome: 'not-arrived'; readonly reason: string }
  /** No answer, or one that does not say. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** Surely not taken, and the same would be refused again. */
  | { readonly outcome: 'refused'; readonly reason: IncidentCode };

/** Port to the provider's meters. One call at a time per customer and meter. */
export interface Meters {
  /** Never throws for what the provider or the network does. */
  send(event: MeterEvent): Promise<SendOutcome>;
  /**
   * The sum of what the meter counts for the customer in the period; may lag behind what was sent.
   * @throws Failure retryable when it cannot be read now
   */
  read(meter: MeterAddress, period: Period): Promise<bigint>;
}

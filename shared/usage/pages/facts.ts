import type { Instant } from '#shared/platform/instant.ts';

export type Direction = 'out' | 'in';

/**
 * The facts of one usage record, as posted and checked (contract 2.1). Identity is (source, id). Two deliveries with
 * the same facts are duplicates; with other facts they are in conflict.
 */
export interface UsageFacts {
  readonly source: string;
  readonly id: string;
  /** The service identifier, never the resolved line. */
  readonly name: string;
  /** `voice` `sms` `mms` `data` or another kebab-case kind. */
  readonly kind: string;
  readonly direction: Direction;
  /** E.164 with `+`, or a short code. */
  readonly peer?: string | undefined;
  readonly startedAt: Instant;
  /** Seconds for voice, bytes for data, a count for everything else. */
  readonly units: number;
  /** Serving network, MCC+MNC digits; absent: home. */
  readonly network?: string | undefined;
  readonly session?: string | undefined;
  readonly sequence?: number | undefined;
  /** What a wholesale partner charged, decimal string with its currency. */
  readonly cost?: { readonly amount: string; readonly currency: string } | undefined;
}

/** A record as a page holds it. */
export interface KeptRecord {
  readonly facts: UsageFacts;
  /** When it was accepted, in whole seconds since 1970; the earliest of two contradicting records counts. */
  readonly acceptedSeconds: number;
  /** Which page holds it, `2026-11-01T00:15#voice`; breaks a tie of `acceptedSeconds`. */
  readonly page: string;
  readonly voided: boolean;
}

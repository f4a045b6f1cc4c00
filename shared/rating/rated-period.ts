import type { BillableKey } from '#shared/catalog/billable.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import type { KeptRecord } from '#shared/usage/facts.ts';

export type RecordState = 'open' | 'billed' | 'covered' | 'free' | 'carried' | 'written-off' | 'voided' | 'quarantined';

/** One record's fate. Units are base units (s, B, 1); `amount` is in 1/10 000 minor unit, null for `price` charges. */
export interface RatedRecord {
  readonly record: KeptRecord;
  readonly line: string;
  readonly state: RecordState;
  /** Stable, kebab-case: `covered-by-allowance`, `no-charge-matches`, `line-not-active`, `superseded`, ... */
  readonly reason: string;
  readonly charge: string | null;
  readonly destination: string | null;
  readonly billed: number;
  readonly covered: number;
  readonly priced: number;
  readonly amount: number | null;
}

export interface RatedAllowance {
  readonly id: string;
  readonly unit: 's' | 'B' | '1';
  readonly included: number;
  readonly rolledOver: number;
  readonly used: number;
  readonly remaining: number;
}

export interface RatedCharge {
  readonly id: string;
  readonly key: BillableKey;
  readonly records: number;
  /** The priced units. */
  readonly units: number;
  /** Steps of a `price` charge, else null. */
  readonly quantity: number | null;
  /** In 1/10 000 minor unit; exact. BigInt because a line's sum may pass 2^53. */
  readonly amount: bigint;
}

/** One plan tenure of one line inside the period. */
export interface RatedLine {
  readonly line: string;
  readonly plan: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly allowances: readonly RatedAllowance[];
  readonly charges: readonly RatedCharge[];
}

export interface RatedPeriod {
  readonly period: Period;
  readonly currency: string;
  readonly lines: readonly RatedLine[];
  /** What Stripe's meters must come to: steps of `unit`, 1/10 000 minor units of `amount` billables. */
  readonly targets: ReadonlyMap<BillableKey, bigint>;
  /** Every record of the period in rating order, when asked for. */
  readonly records: readonly RatedRecord[];
}

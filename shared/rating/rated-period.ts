import type { CarriedAllowance } from '#shared/accounts/account.ts';
import type { BillableKey, Section } from '#shared/catalog/billable.ts';
import type { RateCard } from '#shared/catalog/catalog-version.ts';
import type { Decimal } from '#shared/money/decimal.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';

/** Rating answers `open`, `covered`, `free`, `voided` or `quarantined`; the other states come with the invoice. */
export const RECORD_STATES = [
  'open',
  'billed',
  'covered',
  'free',
  'carried',
  'written-off',
  'voided',
  'quarantined',
] as const;
export type RecordState = (typeof RECORD_STATES)[number];

/**
 * Why a record is in its state. `quarantined` gives the code of contract 2.3 (and `not-yet-supported` for partial
 * records of a session).
 */
export type RatingReason =
  | 'charged'
  | 'partly-covered'
  | 'allowance'
  | 'unanswered'
  | 'incoming'
  | 'zero-price'
  | 'voided'
  | 'conflict'
  | 'line-not-active'
  | 'unrated'
  | 'not-yet-supported';

/** One record's fate. Units are base units (s, B, 1). */
export interface RatedRecord {
  readonly record: KeptRecord;
  readonly line: string;
  readonly state: RecordState;
  readonly reason: RatingReason;
  /** The charge that matched. */
  readonly charge: string | null;
  /** Label of the rate row, else the destination of the catalog. */
  readonly destination: string | null;
  readonly billed: number;
  readonly covered: number;
  readonly priced: number;
  /** In 1/10 000 minor unit; null where the amount belongs to the period (`price` charges) or there is none. */
  readonly amount: bigint | null;
  /** The row of the rate table that fits it; null: its charge has a price of its own. */
  readonly card: RateCard | null;
  /** It was used in a zone that is not home. */
  readonly isAbroad: boolean;
}

export interface RatedAllowance {
  readonly id: string;
  readonly unit: 's' | 'B' | '1';
  /** `null`, as `remaining` then: unlimited. */
  readonly included: number | null;
  /** What earlier periods left, and has to be used first. */
  readonly rolledOver: number;
  /** By the start of the period that it is from, oldest first. Absent: nothing, or shown with a later part of the line. */
  readonly rolledOverFrom?: readonly { readonly since: Instant; readonly units: number }[];
  readonly used: number;
  readonly remaining: number | null;
  /** Absent: it has none. */
  readonly limits?: readonly RatedLimit[];
}

/** The part of an allowance that may be used in some zones. */
export interface RatedLimit {
  readonly from: readonly string[];
  readonly amount: number;
  readonly used: number;
}

/** An allowance that the lines of the account use together. */
export interface RatedPool extends RatedAllowance {
  /** What each part of a line brings, and what it used. */
  readonly members: readonly PoolMember[];
}

export interface PoolMember {
  readonly line: string;
  readonly plan: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly included: number | null;
  readonly used: number;
}

/** A charge of the plan towards which records of the line were priced. */
export interface RatedCharge {
  readonly id: string;
  readonly section: Section;
  /** What it counts towards; null for a `price` charge of zero, which Stripe never hears of. */
  readonly key: BillableKey | null;
  /** Records with priced units. */
  readonly records: number;
  /** The priced units; BigInt because a line's sum may pass 2^53. */
  readonly units: bigint;
  /** Steps of a `price` charge, else null. With `scope: account` the line's share of the account's steps. */
  readonly quantity: bigint | null;
  /** Exact, in major units of the period's currency. */
  readonly amount: Decimal;
}

/** One tenure of a plan or an add-on on a line inside the period; a line's plans come before its add-ons. */
export interface RatedLine {
  readonly line: string;
  /** Of an add-on: its id. */
  readonly plan: string;
  /** Absent: it is a plan. */
  readonly isAddOn?: true;
  readonly from: Instant;
  readonly until: Instant;
  /** The plan's fee in major units; at a start or an end inside the period by time, as Stripe prorates it. */
  readonly fee: Decimal;
  /** Without those that are pooled. */
  readonly allowances: readonly RatedAllowance[];
  readonly charges: readonly RatedCharge[];
}

export interface RatedPeriod {
  readonly period: Period;
  readonly currency: string;
  readonly lines: readonly RatedLine[];
  readonly pools: readonly RatedPool[];
  /** What goes on into the next period, if this one ends as it is. */
  readonly carriedOut: readonly CarriedAllowance[];
  /** What Stripe's meters must come to: steps of `unit`, 1/10 000 minor units of `amount` billables. Absent means 0. */
  readonly targets: ReadonlyMap<BillableKey, bigint>;
  /** Every record of the period in rating order, when asked for. */
  readonly records: readonly RatedRecord[];
}

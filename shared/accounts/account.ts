import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';

/** A service identifier: `+46701234567`, `imsi:240011234567890`, `iccid:...` or `line:<lineId>`. */
export type ServiceIdentifier = string;

/** One tenure of a plan on a line; half-open, open-ended while it lasts. */
export interface PlanTenure {
  readonly plan: string;
  readonly from: Instant;
  readonly until?: Instant | undefined;
}

/** One tenure of an add-on on a line; the same one may be there several times. */
export interface AddOnTenure {
  readonly addOn: string;
  readonly from: Instant;
  readonly until?: Instant | undefined;
}

/** One tenure of a name on a line: numbers are ported, recycled, moved to another SIM. */
export interface IdentifierTenure {
  readonly name: ServiceIdentifier;
  readonly from: Instant;
  readonly until?: Instant | undefined;
}

export type LineState = 'active' | 'pending' | 'suspended' | 'ended';

/** What rating needs to know of a subscriber line. */
export interface LineHistory {
  readonly line: string;
  /** In order of `from`, without overlap. */
  readonly plans: readonly PlanTenure[];
  readonly names: readonly IdentifierTenure[];
  /** In the order in which they are asked before the plan. Absent: none. */
  readonly addOns?: readonly AddOnTenure[] | undefined;
}

/** What was left of an allowance in an earlier period; it is used before what the period itself includes. */
export interface CarriedAllowance {
  /** The line that has it; `null`: the account's pool. */
  readonly line: string | null;
  readonly allowance: string;
  /** Start of the period that it is from. */
  readonly since: Instant;
  /** In base units (s, B, 1). */
  readonly units: number;
  /** In how many periods it may still be used, the one that it is carried into included. */
  readonly periods: number;
}

/** What rating needs to know of an account. */
export interface RatedAccount {
  readonly account: string;
  readonly currency: string;
  readonly timezone: string;
  readonly lines: readonly LineHistory[];
  /** Into the period that is rated, in any order. Absent: nothing. */
  readonly carriedIn?: readonly CarriedAllowance[];
}

export const AccountId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must have 1 to 64 letters, digits, dots, dashes or underscores');

import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { type Instant, type Period, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';
import { momentFor } from './moment.ts';

/** What the meter's summary said at a moment. */
export const Reading = z.object({ at: StoredInstant, value: StoredInteger });
export type Reading = z.output<typeof Reading>;

/**
 * The signed difference between what was rated and what the meter has acknowledged, written down before it is sent.
 * Number, value, timestamp and identifier never change; a position has at most one.
 */
export const Movement = z.object({
  /** From 1, without gaps, per position. */
  n: z.int().positive(),
  value: StoredInteger,
  /** When the usage counts for the meter; whole seconds. */
  timestamp: StoredInstant,
  identifier: z.string().max(100),
  plannedAt: StoredInstant,
  /** Counts the sends, from 1; each has an idempotency key of its own. */
  attempt: z.int().positive(),
  /** The first send whose fate is not known. Absent: surely none has arrived. */
  uncertain: z.object({ attempt: z.int().positive(), since: StoredInstant }).optional(),
  /** Sends and readings in a row that settled nothing. */
  failures: z.int().nonnegative(),
  reading: Reading.optional(),
});
export type Movement = z.output<typeof Movement>;

/** What planning needs to know of a position. */
export interface PositionState {
  readonly account: string;
  readonly key: string;
  /** Regular start of the period, part of the position's identity. */
  readonly start: Instant;
  /** Number of the last movement, 0 before the first. */
  readonly n: number;
  readonly acknowledged: bigint;
  readonly movement?: Movement | undefined;
}

export type MovementPlan =
  | { readonly plan: 'nothing' }
  | { readonly plan: 'movement'; readonly movement: Movement }
  /** There is a difference and no moment at which the meter would take it. */
  | { readonly plan: 'no-moment' };

/** The meter takes at most 15 significant digits; what is beyond them goes with the next movement. */
const LARGEST_VALUE = 10n ** 15n - 1n;

/** @param billable when the meter's usage is billed: the period, cut to the life of the subscription in it */
export function planMovement(position: PositionState, target: bigint, billable: Period, now: Instant): MovementPlan {
  const difference = target - position.acknowledged;
  if (difference === 0n || position.movement !== undefined) return { plan: 'nothing' };
  const timestamp = momentFor(billable, now);
  if (timestamp === 'none') return { plan: 'no-moment' };
  if (timestamp === 'later') return { plan: 'nothing' };
  const value = clamp(difference);
  const n = position.n + 1;
  return {
    plan: 'movement',
    movement: {
      n,
      value,
      timestamp,
      identifier: identifierOf(position, n, value, timestamp),
      plannedAt: now,
      attempt: 1,
      uncertain: { attempt: 1, since: now },
      failures: 0,
    },
  };
}

/** The next send of a movement whose last one settled nothing; written down before it goes out. */
export function nextAttempt(movement: Movement, now: Instant): Movement {
  const attempt = movement.attempt + 1;
  const { reading: _, ...rest } = movement;
  return { ...rest, attempt, uncertain: movement.uncertain ?? { attempt, since: now } };
}

export function idempotencyKey(movement: Movement): string {
  return `${movement.identifier}:${movement.attempt}`;
}

function clamp(value: bigint): bigint {
  if (value > LARGEST_VALUE) return LARGEST_VALUE;
  return value < -LARGEST_VALUE ? -LARGEST_VALUE : value;
}

/**
 * 22 + 1 + digits + 1 + 11 characters. The last part makes sure that "already exists" can only mean this very
 * movement: the same number with another value or timestamp has another identifier.
 */
function identifierOf(position: PositionState, n: number, value: bigint, timestamp: Instant): string {
  const place = hash(`${position.account}\0${position.start}\0${position.key}`, 22);
  return `${place}:${n}:${hash(`${value}\0${timestamp / SECOND}`, 11)}`;
}

function hash(text: string, length: number): string {
  return sha256(text, 'base64url').slice(0, length);
}

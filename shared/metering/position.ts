import * as z from 'zod';
import type { ReadOptions } from '#shared/accounts/account-book.ts';
import { DueFields } from '#shared/platform/due.ts';
import { type Instant, MINUTE, type Period, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';
import type { Condition, Item, Key, Table } from '#shared/platform/table.ts';
import { Movement, Reading } from './movement.ts';

/**
 * `account#<a>` / `position#<period start>#<billable key>`: what one meter was told about one account and period. A due
 * item of kind `position` while a movement is under way. Values are steps, or 1/10 000 minor units.
 */
export const Position = DueFields.extend({
  kind: z.literal('position'),
  account: z.string(),
  /** The billable's key, which is the price's lookup key. */
  key: z.string(),
  /** The regular period. */
  start: StoredInstant,
  end: StoredInstant,
  /** Inside the period, from when the provider bills what the meter counts. */
  billedFrom: StoredInstant,
  customer: z.string(),
  eventName: z.string(),
  meterId: z.string(),
  priceId: z.string(),
  /** As rated when the last movement was planned. */
  target: StoredInteger,
  /** Number of the last movement. */
  n: z.int().nonnegative(),
  /** Sum of the settled movements. */
  acknowledged: StoredInteger,
  movement: Movement.optional(),
  /** What the meter's summary said when it last agreed after the period's end. */
  confirmed: Reading.optional(),
  /** What it said when it was first lower than what it acknowledged, and went on so. */
  lower: Reading.optional(),
  /** What it had lost was sent once more. */
  isHealed: z.boolean().optional(),
  /** Sum over the lines of final invoices. */
  invoiced: StoredInteger.optional(),
  /** Nothing moves until a person has looked: an incident is open under this code. */
  stuck: z.string().optional(),
});
export type Position = z.output<typeof Position>;

export const POSITION_PREFIX = 'position#';

export function positionKey(position: Pick<Position, 'account' | 'start' | 'key'>): Key {
  return { pk: `account#${position.account}`, sk: `${prefixOf(position.start)}${position.key}` };
}

export function positionItem(position: Position): Item {
  return { ...positionKey(position), ...z.encode(Position, position) };
}

/** `undefined`: nothing was ever sent. Strongly consistent. */
export function findPosition(
  table: Table,
  position: Pick<Position, 'account' | 'start' | 'key'>,
): Promise<Position | undefined> {
  return table.get(positionKey(position), Position);
}

/** The period's positions by billable key. */
export async function positionsOf(
  table: Table,
  account: string,
  start: Instant,
  { consistent }: ReadOptions = { consistent: true },
): Promise<Map<string, Position>> {
  const range = { pk: `account#${account}`, beginsWith: prefixOf(start), consistent };
  const positions = await Array.fromAsync(table.query(range, Position));
  return new Map(positions.map(position => [position.key, position]));
}

/** The condition under which movement `n` is still the open one. */
export function movementOpen(n: number): Condition {
  return { expression: '#movement.#n = :n', names: { '#movement': 'movement', '#n': 'n' }, values: { ':n': n } };
}

/** The condition under which this send of movement `n` is still the last one. */
export function lastAttempt({ n, attempt }: Movement): Condition {
  return {
    expression: '#movement.#n = :n AND #movement.#attempt = :attempt',
    names: { '#movement': 'movement', '#n': 'n', '#attempt': 'attempt' },
    values: { ':n': n, ':attempt': attempt },
  };
}

/** The condition under which this send of movement `n` is still the last one, and waits for no moment. */
export function unwatched(movement: Movement): Condition {
  const { expression, names, values } = lastAttempt(movement);
  return {
    expression: `${expression} AND attribute_not_exists(#wakeAt) AND attribute_not_exists(#stuck)`,
    names: { ...names, '#wakeAt': 'wakeAt', '#stuck': 'stuck' },
    ...(values && { values }),
  };
}

/** The condition under which movement n+1 may be planned. */
export function nothingOpenAfter(n: number): Condition {
  return {
    expression: '#n = :n AND attribute_not_exists(#movement) AND attribute_not_exists(#stuck)',
    names: { '#n': 'n', '#movement': 'movement', '#stuck': 'stuck' },
    values: { ':n': n },
  };
}

/** Summaries are read by whole minutes; no movement lies within a minute of the edges, so nothing foreign gets in. */
export function summaryPeriod(position: Pick<Position, 'start' | 'end'>): Period {
  return {
    start: Math.floor(position.start / MINUTE) * MINUTE,
    end: Math.ceil(position.end / MINUTE) * MINUTE,
  };
}

function prefixOf(start: Instant): string {
  return `${POSITION_PREFIX}${printInstant(start)}#`;
}

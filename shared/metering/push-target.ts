import * as z from 'zod';
import { LEASE_TIME, NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Table } from '#shared/platform/table.ts';
import { deliver, type MeteringDependencies, writeStuck } from './deliver.ts';
import { Movement, nextAttempt, planMovement } from './movement.ts';
import { findPosition, nothingOpenAfter, Position, positionItem, positionKey, unwatched } from './position.ts';
import { nextStep } from './settle.ts';

/** Where a billable of a period is counted, before anything was sent. */
export type PositionAddress = Pick<
  Position,
  'account' | 'key' | 'start' | 'end' | 'billedFrom' | 'customer' | 'eventName' | 'meterId' | 'priceId'
>;

export type Push =
  /** What was rated is acknowledged. */
  | 'settled'
  /** A movement is under way, or the billed time is too young; the due index or the next flush goes on. */
  | 'waiting'
  /** An incident is open. */
  | 'stuck';

/**
 * Brings the meter to `target`: plans the difference, sends it, and again until nothing is left or something waits.
 * @param stored the position as read, `undefined` when nothing was ever sent
 */
export async function pushTarget(
  metering: MeteringDependencies,
  address: PositionAddress,
  stored: Position | undefined,
  target: bigint,
): Promise<Push> {
  if (stored === undefined && target === 0n) return 'settled';
  let position = stored ?? beginning(address);
  let isNew = stored === undefined;
  for (;;) {
    if (position.stuck !== undefined) return 'stuck';
    const now = metering.clock();
    if (position.movement !== undefined) {
      const settled = await takeOver(metering, { ...position, movement: position.movement }, now);
      if (settled === undefined) return 'waiting';
      position = settled;
      isNew = false;
      continue;
    }
    const planned = planMovement(position, target, { start: address.billedFrom, end: address.end }, now);
    if (planned.plan === 'nothing') return position.acknowledged === target ? 'settled' : 'waiting';
    if (planned.plan === 'no-moment') {
      await openNoMoment(metering, { ...position, target }, isNew, now);
      return 'stuck';
    }
    const next = { ...position, target, n: position.n + 1, movement: planned.movement };
    if (!(await writePlan(metering.table, next, isNew))) {
      await watchOver(metering.table, await findPosition(metering.table, next));
      return 'waiting';
    }
    isNew = false;
    position = await deliver(metering, next, planned.movement);
  }
}

/** One write decides who sends. It waits for nothing: most movements are settled by their first send. */
function writePlan(table: Table, next: Position & { movement: Movement }, isNew: boolean): Promise<boolean> {
  if (isNew) return table.put(positionItem(next), ABSENT);
  const { target, n, movement } = z.encode(Position, next);
  return table.update(positionKey(next), { set: { target, n, movement } }, nothingOpenAfter(next.n - 1));
}

type OpenPosition = Position & { readonly movement: Movement };

/**
 * Goes on with a movement that another rating left open and that waits for no moment. Within five minutes its writer may
 * still live: the movement comes back by itself then. `undefined`: another goes on with it, or it waits.
 */
async function takeOver(
  metering: MeteringDependencies,
  position: OpenPosition,
  now: Instant,
): Promise<Position | undefined> {
  const isYoung = now < position.movement.plannedAt + LEASE_TIME;
  if (position.wakeAt !== undefined || isYoung || nextStep(position.movement, now) === 'read') {
    await watchOver(metering.table, position);
    return undefined;
  }
  const key = positionKey(position);
  const wake = wakesAt(key, now + LEASE_TIME);
  const movement = nextAttempt(position.movement, now);
  const set = { movement: z.encode(Movement, movement), ...wake };
  if (!(await metering.table.update(key, { set }, unwatched(position.movement)))) return undefined;
  return deliver(metering, { ...position, ...wake, movement }, movement);
}

/** Makes an open movement come back five minutes after it was planned, in case its writer did not live to settle it. */
async function watchOver(table: Table, position: Position | undefined): Promise<void> {
  if (position?.movement === undefined || position.wakeAt !== undefined || position.stuck !== undefined) return;
  const key = positionKey(position);
  const wake = wakesAt(key, position.movement.plannedAt + LEASE_TIME);
  await table.update(key, { set: wake }, unwatched(position.movement));
}

/** No moment is left that the meter would take: a person must bring the amount onto an invoice. */
async function openNoMoment(
  metering: MeteringDependencies,
  position: Position,
  isNew: boolean,
  now: Instant,
): Promise<void> {
  // Two writes for a new position: if the second is lost, the next rating finds the position and opens the case.
  if (isNew) await metering.table.put(positionItem(position), ABSENT);
  await writeStuck(metering.table, position, { reason: 'no-moment' }, now, nothingOpenAfter(position.n));
}

function beginning(address: PositionAddress): Position {
  return { ...address, kind: 'position', ...NEVER_TAKEN, target: 0n, n: 0, acknowledged: 0n };
}

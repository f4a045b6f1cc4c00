import * as z from 'zod';
import { ASLEEP, wakesAt } from '#shared/platform/due.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import type { IncidentCode } from '#shared/platform/incident-codes.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Condition, Table } from '#shared/platform/table.ts';
import type { Meters } from './meter.ts';
import { idempotencyKey, Movement } from './movement.ts';
import { findPosition, lastAttempt, movementOpen, type Position, positionKey } from './position.ts';
import { type Settlement, settle } from './settle.ts';

export interface MeteringDependencies {
  readonly table: Table;
  readonly meters: Meters;
  readonly clock: Clock;
}

// One movement from plan to settlement; A rates, D rates when A died or hung, B is the sweeper's wake-up.
//
//   A  n+1, attempt 1, in no index            if n is the last and none is open ──▶ wins ──▶ sends id:1
//   C  the same at the same time ───────────────────────────────────────────────▶ loses ──▶ sends nothing, does as D
//   A  200, or "already exists": acknowledged += value, movement gone   if n+1 is still open
//      refused for now:          wakeAt = later, surely not there       if attempt 1 is still the last
//      no answer:                wakeAt = later, fate unknown           if attempt 1 is still the last
//   D  finds n+1 open, in no index:
//        younger than 5 min:     wakeAt = planned + 5 min                if attempt 1 is still the last
//        older: attempt 2, wakeAt = now + 5 min                          if attempt 1 is still the last ──▶ sends as B does
//   B  attempt 2                              if attempt 1 is the last ──▶ sends the same identifier, key id:2
//
// - A first attempt costs no write of the index (half of what a movement costs). D comes by itself: A's wake-up was not
//   done with and is delivered again; where it never is, the next flush or the period's end finds the movement.
// - "Arrived" needs only the number: the first function to learn it settles, and the writes of the others fail.
// - Anything else needs the attempt: an answer to attempt 1 says nothing any more once attempt 2 is out.
// - A crash between plan and send looks like a lost answer, and is treated so: hence `uncertain` from the plan on.
// - The same identifier is safe for 24 h from the first send of unknown outcome. Later the meter is read first.

/** Sends the open movement's last attempt and writes down what became of it. Returns the position as it is then. */
export async function deliver(
  metering: MeteringDependencies,
  position: Position,
  movement: Movement,
): Promise<Position> {
  const { customer, eventName, meterId } = position;
  const { identifier, value, timestamp } = movement;
  const answer = await metering.meters.send({
    customer,
    eventName,
    meterId,
    identifier,
    idempotencyKey: idempotencyKey(movement),
    value,
    timestamp,
  });
  return writeSettlement(metering, position, movement, settle(movement, answer, position.end, metering.clock()));
}

/** Writes a settlement if it still holds; otherwise answers what another has made of the position. */
export async function writeSettlement(
  metering: MeteringDependencies,
  position: Position,
  movement: Movement,
  settlement: Settlement,
): Promise<Position> {
  const settled = await write(metering, position, movement, settlement);
  if (settled !== undefined) return settled;
  const current = await findPosition(metering.table, position);
  if (current === undefined) throw new Error('A position never goes away.');
  return current;
}

async function write(
  { table, clock }: MeteringDependencies,
  position: Position,
  movement: Movement,
  settlement: Settlement,
): Promise<Position | undefined> {
  const key = positionKey(position);
  const { movement: settled, wakeAt, wakeShard, dueSince, ...still } = position;
  switch (settlement.settlement) {
    case 'arrived': {
      const acknowledged = position.acknowledged + movement.value;
      const set = { acknowledged: acknowledged.toString(), movement: undefined, stuck: undefined, ...ASLEEP };
      return (await table.update(key, { set }, movementOpen(movement.n))) ? { ...still, acknowledged } : undefined;
    }
    case 'again': {
      const wake = wakesAt(key, settlement.at);
      const set = { movement: z.encode(Movement, settlement.movement), ...wake };
      const held = await table.update(key, { set }, lastAttempt(movement));
      return held ? { ...still, ...wake, movement: settlement.movement } : undefined;
    }
    case 'stuck':
      return (await writeStuck(table, position, settlement, clock(), lastAttempt(movement)))
        ? { ...still, movement: settlement.movement, stuck: settlement.reason }
        : undefined;
    default:
      return settlement satisfies never;
  }
}

/** Nothing moves any more on this position until it is driven again; a case says why. */
export function writeStuck(
  table: Table,
  position: Position,
  stuck: { readonly reason: IncidentCode; readonly movement?: Movement | undefined },
  now: number,
  condition: Condition,
): Promise<boolean> {
  const key = positionKey(position);
  const movement = stuck.movement && z.encode(Movement, stuck.movement);
  return table.transact([
    { update: key, change: { set: { stuck: stuck.reason, movement, ...ASLEEP } }, condition },
    {
      put: incidentItem({
        code: stuck.reason,
        subject: key,
        openedAt: now,
        detail: {
          target: position.target.toString(),
          acknowledged: position.acknowledged.toString(),
          ...(stuck.movement && { movement: stuck.movement.value.toString() }),
        },
      }),
    },
  ]);
}

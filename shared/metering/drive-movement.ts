import * as z from 'zod';
import { isTaken, wakesAt } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import type { Key } from '#shared/platform/table.ts';
import { deliver, type MeteringDependencies, writeSettlement } from './deliver.ts';
import { Movement, nextAttempt } from './movement.ts';
import { lastAttempt, Position, positionKey, summaryPeriod } from './position.ts';
import { again, nextStep, settleByReading } from './settle.ts';

/** Handles a wake-up of kind `position`: brings its open movement one step on. An old or doubled wake-up changes nothing. */
export async function driveMovement(metering: MeteringDependencies, key: Key): Promise<void> {
  const position = await metering.table.get(key, Position);
  if (position?.movement === undefined || position.stuck !== undefined || !isTaken(position)) return;
  if (nextStep(position.movement, metering.clock()) === 'send') {
    await sendAgain(metering, position, position.movement);
  } else {
    await readFirst(metering, position, position.movement);
  }
}

/** For a person who has seen to the cause of a case: the movement goes on where it stood. `false`: it was not stuck. */
export function driveAgain(metering: Pick<MeteringDependencies, 'table' | 'clock'>, key: Key): Promise<boolean> {
  return metering.table.update(
    key,
    { set: { stuck: undefined, ...wakesAt(key, metering.clock()) } },
    { expression: 'attribute_exists(stuck) AND attribute_exists(movement)' },
  );
}

async function sendAgain(metering: MeteringDependencies, position: Position, settled: Movement): Promise<void> {
  const movement = nextAttempt(settled, metering.clock());
  const taken = await metering.table.update(
    positionKey(position),
    { set: { movement: z.encode(Movement, movement) } },
    lastAttempt(settled),
  );
  if (taken) await deliver(metering, { ...position, movement }, movement);
}

async function readFirst(metering: MeteringDependencies, position: Position, movement: Movement): Promise<void> {
  const { customer, eventName, meterId } = position;
  const now = metering.clock();
  try {
    const value = await metering.meters.read({ customer, eventName, meterId }, summaryPeriod(position));
    const verdict = settleByReading(movement, position.acknowledged, { at: now, value }, now);
    if (verdict.settlement === 'send') await sendAgain(metering, position, verdict.movement);
    else await writeSettlement(metering, position, movement, verdict);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (!error.retryable) {
      const stuck = { settlement: 'stuck', movement, reason: 'meter-unreadable' } as const;
      await writeSettlement(metering, position, movement, stuck);
      return;
    }
    await writeSettlement(metering, position, movement, again(movement, position.end, now));
  }
}

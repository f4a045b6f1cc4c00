import * as z from 'zod';
import type { MeteringDependencies } from './deliver.ts';
import { Reading } from './movement.ts';
import { nothingOpenAfter, type Position, positionKey, summaryPeriod } from './position.ts';

/** `lags`: the summary says something else, as it does for a while after usage was sent. */
export type Confirmation = 'confirmed' | 'lags';

/**
 * Compares what the meter says it counts with what it acknowledged, and notes it when they agree.
 * @throws Failure when the meter cannot be read now
 */
export async function confirm(metering: MeteringDependencies, position: Position): Promise<Confirmation> {
  if (position.confirmed?.value === position.acknowledged) return 'confirmed';
  const { customer, eventName, meterId } = position;
  const value = await metering.meters.read({ customer, eventName, meterId }, summaryPeriod(position));
  if (value !== position.acknowledged) return 'lags';
  const confirmed = z.encode(Reading, { at: metering.clock(), value });
  const unmoved = await metering.table.update(
    positionKey(position),
    { set: { confirmed } },
    nothingOpenAfter(position.n),
  );
  return unmoved ? 'confirmed' : 'lags';
}

import * as z from 'zod';
import { HOUR } from '#shared/platform/instant.ts';
import type { MeteringDependencies } from './deliver.ts';
import { Reading } from './movement.ts';
import { nothingOpenAfter, type Position, positionKey, summaryPeriod } from './position.ts';

/**
 * `lags`: the summary says something else, as it does for a while after usage was sent. `lost`: it went on saying less, so
 * that is what is acknowledged now, and the rest is to be sent again.
 */
export type Confirmation = 'confirmed' | 'lags' | 'lost';

/** Summaries lag for minutes: before that a lower one says nothing. */
const LAG = HOUR;
/** So long the same lower sum is read before what is missing counts as lost. The draft waits five times as long. */
const LOST_AFTER = 3 * HOUR;

// A meter takes usage with 200 and checks it afterwards: some of it may never count. While the draft is open it is healed:
//
//   sum lower than acknowledged, an hour after the end ──▶ noted
//   the same sum, three hours later, nothing under way ──▶ acknowledged := sum ──▶ the difference is a movement of its own
//   any other sum ──▶ noted anew
//   lower again after that ──▶ a case: what is lost twice has a cause, and what comes late would count many times
//   higher ──▶ a case: somebody else counts on the meter, or what was lost has turned up after all

/**
 * Compares what the meter says it counts with what it acknowledged, and notes it when they agree.
 * @throws Failure when the meter cannot be read now
 */
export async function confirm(metering: MeteringDependencies, position: Position): Promise<Confirmation> {
  if (position.confirmed?.value === position.acknowledged) return 'confirmed';
  const { customer, eventName, meterId } = position;
  const value = await metering.meters.read({ customer, eventName, meterId }, summaryPeriod(position));
  if (value < position.acknowledged && position.isHealed !== true) return lower(metering, position, value);
  if (value !== position.acknowledged) return 'lags';
  const confirmed = z.encode(Reading, { at: metering.clock(), value });
  return (await note(metering, position, { confirmed, lower: undefined })) ? 'confirmed' : 'lags';
}

async function lower(metering: MeteringDependencies, position: Position, value: bigint): Promise<Confirmation> {
  const now = metering.clock();
  const { lower: earlier, end } = position;
  if (now < end + LAG) return 'lags';
  if (earlier?.value !== value) {
    await note(metering, position, { lower: z.encode(Reading, { at: now, value }) });
    return 'lags';
  }
  if (now < earlier.at + LOST_AFTER) return 'lags';
  const healing = { acknowledged: value.toString(), lower: undefined, isHealed: true };
  return (await note(metering, position, healing)) ? 'lost' : 'lags';
}

/** Only while nothing is under way: a movement would move what is compared. */
function note({ table }: MeteringDependencies, position: Position, set: Record<string, unknown>): Promise<boolean> {
  return table.update(positionKey(position), { set }, nothingOpenAfter(position.n));
}

import type { IncidentCode } from '#shared/platform/incident-codes.ts';
import { HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import type { SendOutcome } from './meter.ts';
import type { Movement, Reading } from './movement.ts';
import { retryAt } from './retry-at.ts';

/** What becomes of a movement after a send or a reading. */
export type Settlement =
  /** It has arrived: its value joins what is acknowledged. */
  | { readonly settlement: 'arrived' }
  | { readonly settlement: 'again'; readonly movement: Movement; readonly at: Instant }
  /** A person must look; it stays as it is until driven again. */
  | { readonly settlement: 'stuck'; readonly movement: Movement; readonly reason: IncidentCode };

/** After the movement's last attempt was answered, or not. `periodEnd`: of the position. */
export function settle(movement: Movement, answer: SendOutcome, periodEnd: Instant, now: Instant): Settlement {
  switch (answer.outcome) {
    case 'arrived':
      return { settlement: 'arrived' };
    case 'not-arrived':
      return again(withoutOwnDoubt(movement), periodEnd, now);
    case 'unknown':
      return again(movement, periodEnd, now);
    case 'refused':
      return { settlement: 'stuck', movement: withoutOwnDoubt(movement), reason: answer.reason };
    default:
      return answer satisfies never;
  }
}

/** This attempt surely did not arrive; an earlier one whose answer was lost still may have. */
function withoutOwnDoubt(movement: Movement): Movement {
  if (movement.uncertain?.attempt !== movement.attempt) return movement;
  const { uncertain: _, ...certain } = movement;
  return certain;
}

/** Nothing was settled; the next try comes after a while. */
export function again(movement: Movement, periodEnd: Instant, now: Instant): Settlement {
  const failures = movement.failures + 1;
  return { settlement: 'again', movement: { ...movement, failures }, at: retryAt(failures, now, periodEnd) };
}

/** Identifiers are unique for at least 24 hours; the reserve is for clocks that differ and requests under way. */
const UNIQUE_FOR = 24 * HOUR - 30 * MINUTE;

/** May the same identifier simply go out again, or must the meter be read first? */
export function nextStep(movement: Movement, now: Instant): 'send' | 'read' {
  const { uncertain } = movement;
  return uncertain === undefined || now < uncertain.since + UNIQUE_FOR ? 'send' : 'read';
}

/** Summaries lag by an unknown time; two that agree over an hour are taken for the truth. */
const BETWEEN_READINGS = HOUR;
const READINGS_BEFORE_A_CASE = 48;

export type ReadingVerdict = Settlement | { readonly settlement: 'send'; readonly movement: Movement };

/** After the meter was read for a movement whose fate is unknown for longer than identifiers are unique. */
export function settleByReading(
  movement: Movement,
  acknowledged: bigint,
  reading: Reading,
  now: Instant,
): ReadingVerdict {
  const { reading: earlier, uncertain: _, ...certain } = movement;
  if (earlier === undefined || earlier.value !== reading.value) {
    // Counted from the first reading on; before it, sends that failed were counted.
    const failures = earlier === undefined ? 1 : movement.failures + 1;
    if (failures > READINGS_BEFORE_A_CASE) return { settlement: 'stuck', movement, reason: 'meter-keeps-changing' };
    return { settlement: 'again', movement: { ...movement, failures, reading }, at: now + BETWEEN_READINGS };
  }
  if (reading.at < earlier.at + BETWEEN_READINGS) {
    return { settlement: 'again', movement, at: earlier.at + BETWEEN_READINGS };
  }
  if (reading.value === acknowledged + movement.value) return { settlement: 'arrived' };
  if (reading.value === acknowledged) return { settlement: 'send', movement: certain };
  return { settlement: 'stuck', movement, reason: 'meter-differs' };
}

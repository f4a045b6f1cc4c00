import { PeriodTooLarge } from './period-too-large.ts';

/** Ten accounts of this size fit into the memory of one function. */
const TOGETHER = 100_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Works on a large period when no other one is worked on here: wake-ups that come together share the function's memory. How
 * large it is shows when it is rated, so work on a large one begins twice.
 * @param work with the most records that it may rate; it has no effect before it has rated them
 */
export async function aloneIfLarge<T>(
  mostRecords: number | undefined,
  work: (mostRecords: number) => Promise<T>,
): Promise<T> {
  const most = mostRecords ?? Number.POSITIVE_INFINITY;
  const together = Math.min(TOGETHER, most);
  try {
    return await work(together);
  } catch (error) {
    if (!(error instanceof PeriodTooLarge) || together === most) throw error;
  }
  const turn = last.then(() => work(most));
  last = turn.catch(() => undefined);
  return turn;
}

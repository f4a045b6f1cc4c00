import type { Instant } from '#shared/platform/instant.ts';
import type { DunningCase } from './dunning-case.ts';

/**
 * A promise is broken as soon as less was paid, since it was given, than was promised up to a moment that has passed.
 * It is kept when everything promised was paid. `undefined`: there is none.
 */
export function promiseStatus(
  { promise, paid }: Pick<DunningCase, 'promise' | 'paid'>,
  now: Instant,
): 'running' | 'kept' | 'broken' | undefined {
  if (promise === undefined) return undefined;
  const since = paid - promise.paidBefore;
  let promised = 0n;
  let isBroken = false;
  for (const { amount, by } of promise.payments) {
    promised += amount;
    if (by <= now && since < promised) isBroken = true;
  }
  if (isBroken) return 'broken';
  return since >= promised ? 'kept' : 'running';
}

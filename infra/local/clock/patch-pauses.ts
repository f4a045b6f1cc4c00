import { SECOND } from '#shared/platform/instant.ts';
import { DomainClock } from './domain-clock.ts';

/** What SDKs wait between the attempts of a call: Stripe's half a second to five. Time-outs are longer, polls shorter. */
const SHORTEST_PAUSE = 200;
const LONGEST_PAUSE = 5 * SECOND;
const SHORTENED_BY = 25;

/**
 * Where domain time stands still, nothing gets better by waiting: pauses of this thread between two attempts last a
 * twenty-fifth of what was asked for. Time-outs and running time stay as they are.
 */
export function patchPauses(shared: SharedArrayBuffer): void {
  const clock = new DomainClock(shared);
  const isPause = (milliseconds: unknown) =>
    typeof milliseconds === 'number' && milliseconds >= SHORTEST_PAUSE && milliseconds <= LONGEST_PAUSE;
  globalThis.setTimeout = new Proxy(setTimeout, {
    apply: (target, self, [callback, milliseconds, ...rest]) => {
      const lasting = clock.isStill && isPause(milliseconds) ? milliseconds / SHORTENED_BY : milliseconds;
      return Reflect.apply(target, self, [callback, lasting, ...rest]);
    },
  });
}

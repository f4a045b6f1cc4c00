import type { BillingProvider } from '#shared/accounts/provisioning/billing-provider.ts';

export interface BreakingOff {
  readonly provider: BillingProvider;
  /** Resolves when the run has come to the point and stands there for ever. */
  readonly reached: Promise<void>;
}

/**
 * The provider of a process that dies at its nth call: before the call is sent, or after it was answered. A thrown
 * error would not do: a dead process writes nothing any more, and gives no lease back.
 */
export function breakingOff(provider: BillingProvider, nth: number, when: 'before' | 'after'): BreakingOff {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  const standStill = () => {
    resolve();
    return new Promise<never>(() => undefined);
  };
  let calls = 0;
  const guard = <T extends object>(part: T): T =>
    new Proxy(part, {
      get: (target, name) => {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== 'function') return call;
        return async (...args: unknown[]) => {
          const isPoint = ++calls === nth;
          if (isPoint && when === 'before') return standStill();
          const answer: unknown = await Reflect.apply(call, target, args);
          return isPoint ? standStill() : answer;
        };
      },
    });
  return {
    provider: { customers: guard(provider.customers), subscriptions: guard(provider.subscriptions) },
    reached,
  };
}

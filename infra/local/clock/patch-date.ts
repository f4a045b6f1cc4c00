import { DomainClock } from './domain-clock.ts';

/**
 * Makes `new Date()`, `Date()` and `Date.now()` of this thread tell domain time. Timers and `performance.now()` stay
 * real: a time-out of ten seconds lasts ten seconds, wherever the clock stands.
 */
export function patchDate(shared: SharedArrayBuffer): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  const clock = new DomainClock(shared);
  const now = () => clock.now(realNow());
  const DomainDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = DomainDate;
  globalThis.Date = DomainDate;
}

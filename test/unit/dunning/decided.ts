import type { Debt } from '#shared/dunning/debt.ts';
import { type DunningAction, decide } from '#shared/dunning/decide.ts';
import type { DunningCase } from '#shared/dunning/dunning-case.ts';
import { aPolicy, onDay } from '#test/builders/dunning.ts';

/** `message:notice`, `service:stop`, `close:paid`. */
export function nameOf(action: DunningAction): string {
  switch (action.do) {
    case 'message':
    case 'service':
    case 'collections':
    case 'write-off':
      return `${action.do}:${action.step}`;
    case 'pay':
      return `pay:${action.invoice}:${action.paymentMethod}`;
    case 'close':
      return `close:${action.as}`;
    default:
      return action.do;
  }
}

/** What is decided on that day after the first failed payment. */
export function decided(dunning: DunningCase, debt: Debt, day: number, policy = aPolicy()) {
  const { actions, next, lookAt } = decide(dunning, debt, policy, onDay(day));
  return { actions: actions.map(nameOf), next, lookAt };
}

import type { ClosingFacts } from '#shared/closing/closing-facts.ts';
import { decideClosing, type PeriodToClose } from '#shared/closing/decide-closing.ts';
import { aPeriodToClose } from '#test/builders/closing.ts';
import { at } from '#test/builders/rating.ts';

// The period is November 2026; it ends on 1 December at 00:00. With `failures: 0` the next run comes a minute later,
// with 9 after five minutes while the invoice is being made (two hours), and after an hour then.

export const JANUARY = { start: at('2027-01-01T00:00:00Z'), end: at('2027-02-01T00:00:00Z') };
export const DECEMBER = { start: at('2026-12-01T00:00:00Z'), end: JANUARY.start };
export const NOVEMBER = { start: at('2026-11-01T00:00:00Z'), end: DECEMBER.start };
export const FREE = { id: 'in_1', isHeld: false, isByPerson: false, finalisesAt: at('2026-12-01T01:00:00Z') };
/** By us. */
export const HELD = { id: 'in_1', isHeld: true, isByPerson: false, finalisesAt: undefined };
export const STOPPED = { ...HELD, isByPerson: true };
export const LET_GO = { ...FREE, isByPerson: true };

/** One decision, with what is expected of it. */
export interface Row {
  readonly when: string;
  readonly now: string;
  readonly period?: Partial<PeriodToClose>;
  readonly facts?: ClosingFacts;
  readonly actions: readonly unknown[];
  readonly lookAt: string | undefined;
}

export function decided({ now, period, facts = {} }: Row) {
  const { actions, lookAt } = decideClosing(aPeriodToClose(period), facts, at(now));
  return { actions, lookAt: lookAt === undefined ? undefined : new Date(lookAt).toISOString() };
}

export function asDecided({ actions, lookAt }: Row) {
  return { actions, lookAt: lookAt === undefined ? undefined : new Date(at(lookAt)).toISOString() };
}

export function incident(code: string, detail: Readonly<Record<string, string>> = {}) {
  return { do: 'open-incident', code, detail };
}

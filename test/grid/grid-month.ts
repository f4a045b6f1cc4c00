import type { LineHistory } from '#shared/accounts/account.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aRecord, at } from '#test/builders/rating.ts';
import type { PlainLine } from '#test/unit/rating/plain-period.ts';
import type { Combination } from './rating-combinations.ts';

/** The moment at which whatever changes inside the period does. */
export const CHANGED_AT = '2026-11-16T12:00:00Z';
const LONG_AGO = at('2026-01-01T00:00:00Z');
const CHANGE = at(CHANGED_AT);
const FIRST_NUMBER = '+46700000001';
const SECOND_NUMBER = '+46700000002';
const HOME = '+46812345678';
const ABROAD = '+12025550123';

/** Seconds, tens of bytes; a message has at most three parts. */
const USAGE: readonly (readonly [id: string, startedAt: string, name: string, peer: string, units: number])[] = [
  ['before', '2026-10-31T23:59:59Z', FIRST_NUMBER, HOME, 60],
  ['first', '2026-11-01T00:00:00Z', FIRST_NUMBER, HOME, 61],
  ['other', '2026-11-05T10:00:00Z', SECOND_NUMBER, ABROAD, 5],
  ['unanswered', '2026-11-09T10:00:00Z', FIRST_NUMBER, HOME, 0],
  ['long', '2026-11-12T10:00:00Z', FIRST_NUMBER, ABROAD, 401],
  ['last-moment', '2026-11-16T11:59:59Z', FIRST_NUMBER, HOME, 59],
  ['same-moment-b', CHANGED_AT, FIRST_NUMBER, HOME, 130],
  ['same-moment-a', CHANGED_AT, SECOND_NUMBER, ABROAD, 701],
  ['later', '2026-11-20T10:00:00Z', FIRST_NUMBER, HOME, 119],
  ['later-other', '2026-11-25T10:00:00Z', SECOND_NUMBER, HOME, 61],
  ['end', '2026-11-30T23:59:59Z', FIRST_NUMBER, ABROAD, 1],
  ['after', '2026-12-01T00:00:00Z', SECOND_NUMBER, ABROAD, 60],
];
const VOIDED = ['long', 'same-moment-a'];

/** The usage of a month, newest first: the order of reading must not matter. */
export function recordsOf({ kind, change }: Combination): KeptRecord[] {
  return USAGE.map(([id, startedAt, name, peer, units]) =>
    aRecord(
      {
        id,
        name,
        kind,
        startedAt: at(startedAt),
        units: kind === 'voice' ? units : kind === 'data' ? units * 10 : Math.min(units, 3),
        peer: kind === 'data' ? undefined : peer,
      },
      { voided: change === 'void' && VOIDED.includes(id) },
    ),
  ).reverse();
}

/** Two lines on the same plan; what changes, changes on the first. */
export function linesOf({ change }: Combination): PlainLine[] {
  const never = Number.POSITIVE_INFINITY;
  const starts = change === 'starts inside' || change === 'starts as prices change';
  const moves = change === 'number moves';
  const second = { name: SECOND_NUMBER, from: LONG_AGO, until: never };
  return [
    {
      id: 'line-1',
      from: starts ? CHANGE : LONG_AGO,
      until: change === 'ends inside' ? CHANGE : never,
      names: [{ name: FIRST_NUMBER, from: LONG_AGO, until: moves ? CHANGE : never }],
    },
    {
      id: 'line-2',
      from: LONG_AGO,
      until: never,
      names: moves ? [second, { name: FIRST_NUMBER, from: CHANGE, until: never }] : [second],
    },
  ];
}

export function historyOf({ id, from, until, names }: PlainLine, plan: string): LineHistory {
  const end = (moment: number) => (Number.isFinite(moment) ? { until: moment } : {});
  return {
    line: id,
    plans: [{ plan, from, ...end(until) }],
    names: names.map(tenure => ({ name: tenure.name, from: tenure.from, ...end(tenure.until) })),
  };
}

import { firstOnOrAfter, instantOf, isWeekend, monthDayOf, orthodoxEaster, plus, weekday } from './holiday-calendar.ts';

/** What a country's law says where date-holidays says something else. */
interface Correction {
  readonly law: string;
  readonly correct: (days: Set<string>, year: number) => void;
}

const SUNDAY = 0;
const THURSDAY = 4;

export const CORRECTIONS: Readonly<Record<string, Correction>> = {
  CY: {
    law: 'Green Monday is 48 days before Orthodox Easter and Whit Monday 50 days after it',
    correct(days, year) {
      const easter = orthodoxEaster(year);
      for (const wrong of [-47, 49]) days.delete(monthDayOf(plus(easter, wrong)));
      for (const right of [-48, 50]) days.add(monthDayOf(plus(easter, right)));
    },
  },
  BG: {
    law: 'Labour Code, article 154(1): Good Friday to Easter Monday, 24 to 26 December; (2): a day instead for each but Easter',
    correct(days, year) {
      days.add(monthDayOf(plus(orthodoxEaster(year), -1)));
      days.add('1226');
      for (const day of '0101 0303 0501 0506 0524 0906 0922 1224 1225 1226'.split(' ')) {
        if (isWeekend(instantOf(year, day))) days.add(nextWorkingDay(days, year, day));
      }
    },
  },
  HU: {
    law: '24 December from 2026 on: Act LXXII of 2026',
    correct(days, year) {
      if (year >= 2026) days.add('1224');
    },
  },
  SK: {
    law: 'Act 241/1993; Act 261/2025 suspends 8 May and 15 September for 2026 alone',
    correct(days, year) {
      if (year >= 2027) for (const day of ['0508', '0915']) days.add(day);
    },
  },
  US: {
    law: '5 U.S.C. 6103(b): Friday or Monday instead, for Veterans Day too',
    correct(days, year) {
      const day = instantOf(year, '1111');
      if (weekday(day) === 6) days.add('1110');
      if (weekday(day) === SUNDAY) days.add('1112');
    },
  },
  CA: {
    law: 'Canada Labour Code, section 195: a working day instead of 1 January and 25 December at a weekend',
    correct(days, year) {
      for (const day of ['0101', '1225']) {
        if (isWeekend(instantOf(year, day))) days.add(nextWorkingDay(days, year, day));
      }
    },
  },
  IS: {
    law: 'Act 88/1971, section 6: 24 and 31 December from 13:00 only; the first Thursday after 18 April',
    correct(days, year) {
      for (const half of ['1224', '1231']) days.delete(half);
      days.add(monthDayOf(firstOnOrAfter(year, '0419', THURSDAY)));
    },
  },
  LT: {
    law: "Labour Code, article 123: the first Sundays of May and June (mothers' and fathers' days)",
    correct(days, year) {
      for (const month of ['0501', '0601']) days.add(monthDayOf(firstOnOrAfter(year, month, SUNDAY)));
    },
  },
};

function nextWorkingDay(days: ReadonlySet<string>, year: number, monthDay: string): string {
  let at = instantOf(year, monthDay);
  while (isWeekend(at) || days.has(monthDayOf(at))) at = plus(at, 1);
  return monthDayOf(at);
}

import secondSource from './generated/holidays-second-source.json' with { type: 'json' };
import { instantOf, orthodoxEaster, plus, weekday, westernEaster } from './holiday-calendar.ts';

/** A day that one source has and the other does not. */
export interface Difference {
  readonly country: string;
  readonly year: number;
  readonly monthDay: string;
  readonly side: 'table-only' | 'second-only';
}

interface Decision {
  readonly country: string;
  readonly side: Difference['side'];
  readonly reason: string;
  readonly covers: (at: number, year: number, monthDay: string) => boolean;
}

const EASTER_DAYS = [0, 49];

/** Where the two sources differ and the table stays as it is. */
const DECISIONS: readonly Decision[] = [
  {
    country: 'BE',
    side: 'second-only',
    reason: 'Easter and Whit Sunday are not among the ten of the Royal Decree of 18 April 1974',
    covers: (at, year) => EASTER_DAYS.some(days => at === plus(westernEaster(year), days)),
  },
  {
    country: 'GR',
    side: 'table-only',
    reason: 'Easter and Whit Sunday: Sundays of rest, festive in both sources',
    covers: (at, year) => EASTER_DAYS.some(days => at === plus(orthodoxEaster(year), days)),
  },
  {
    country: 'GR',
    side: 'second-only',
    reason: '1 May in the Holy Week or on a Sunday is moved by a decision of the minister, year by year',
    covers: (_, year, day) =>
      `${year}${day}` === '20270504' || `${year}${day}` === '20320504' || `${year}${day}` === '20330502',
  },
  {
    country: 'CH',
    side: 'table-only',
    reason: 'days of the cantons that nearly all of them have; the Confederation itself has four',
    covers: () => true,
  },
  {
    country: 'ES',
    side: 'table-only',
    reason:
      'national days at a Sunday stay national; the communities may move them (Royal Decree 2001/1983, article 45)',
    covers: (at, _, day) => weekday(at) === 0 || day === '1226',
  },
  {
    country: 'FI',
    side: 'second-only',
    reason: 'the eves of Midsummer and Christmas are free by collective agreements, and no holiday by law',
    covers: (at, _, day) => day === '1224' || weekday(at) === 5,
  },
  {
    country: 'GB',
    side: 'table-only',
    reason:
      'Easter Monday is a bank holiday everywhere but in Scotland (Banking and Financial Dealings Act 1971, schedule 1)',
    covers: (at, year) => at === plus(westernEaster(year), 1),
  },
  {
    country: 'NL',
    side: 'second-only',
    reason: 'Good Friday and Liberation Day are days of rest by agreement only; shops and offices are open',
    covers: (at, year, day) => at === plus(westernEaster(year), -2) || (day === '0505' && year % 5 === 0),
  },
  {
    country: 'IT',
    side: 'second-only',
    reason: 'the day of unity (4 November) is kept on a Sunday and has not been a holiday since Act 54/1977',
    covers: at => weekday(at) === 0,
  },
  {
    country: 'LV',
    side: 'second-only',
    reason: "Mother's Day and Whit Sunday are Sundays",
    covers: at => weekday(at) === 0,
  },
  ...['BG', 'HU', 'LV'].map(
    (country): Decision => ({
      country,
      side: 'second-only',
      reason: 'rest days that the government moves, year by year, against a Saturday at work: no holidays',
      covers: (at, year) => year <= 2026 && weekday(at) % 6 !== 0,
    }),
  ),
];

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The differences from the second source about which nothing is decided. */
export function undecided(table: Table): Difference[] {
  const second = new Map(Object.entries<Readonly<Record<string, string>>>(secondSource.countries));
  const differences: Difference[] = [];
  for (const [country, years] of Object.entries(table)) {
    const others = new Map(Object.entries(second.get(country) ?? {}));
    for (const [year, days] of Object.entries(years)) {
      const [own, other] = [new Set(days.split(' ')), new Set((others.get(year) ?? '').split(' '))];
      const at = { country, year: Number(year) };
      for (const monthDay of own) if (!other.has(monthDay)) differences.push({ ...at, monthDay, side: 'table-only' });
      for (const monthDay of other) if (!own.has(monthDay)) differences.push({ ...at, monthDay, side: 'second-only' });
    }
  }
  return differences.filter(difference => !DECISIONS.some(decision => isDecided(difference, decision)));
}

function isDecided({ country, year, monthDay, side }: Difference, decision: Decision): boolean {
  if (decision.country !== country || decision.side !== side) return false;
  return decision.covers(instantOf(year, monthDay), year, monthDay);
}

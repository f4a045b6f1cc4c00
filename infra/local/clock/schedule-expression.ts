import { DAY, HOUR, type Instant, MINUTE, parseInstant } from '#shared/platform/instant.ts';

/** When a schedule fires: the first moment at or after the given one, `undefined` when there is none any more. */
export type NextFiring = (from: Instant) => Instant | undefined;

const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const CRON = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/;
const AT = /^at\((\S+)\)$/;
const UNITS = new Map([
  ['minute', MINUTE],
  ['hour', HOUR],
  ['day', DAY],
]);
const DAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const LONGEST_WAIT_DAYS = 4 * 366;

/**
 * Reads EventBridge Scheduler's `rate(...)`, `cron(...)` and `at(...)`, all in UTC. Rates fire at whole multiples
 * (`rate(1 minute)` at every full minute). `L`, `W` and `#` in cron are not known and refused.
 */
export function parseSchedule(expression: string): NextFiring {
  const rate = RATE.exec(expression);
  if (rate !== null) {
    const every = Number(rate[1]) * (UNITS.get(rate[2] ?? '') ?? 0);
    if (every > 0) return from => Math.ceil(from / every) * every;
  }
  const cron = CRON.exec(expression);
  if (cron !== null) return cronFiring(cron.slice(1));
  const at = AT.exec(expression);
  const once = at === null ? undefined : parseInstant(`${at[1]}Z`);
  if (once !== undefined) return from => (from <= once ? once : undefined);
  throw new Error(`The schedule expression "${expression}" is not known here.`);
}

function cronFiring([
  minutes = '',
  hours = '',
  days = '',
  months = '',
  weekdays = '',
  years = '',
]: string[]): NextFiring {
  const inMinutes = field(minutes, 0, 59);
  const inHours = field(hours, 0, 23);
  const inDays = field(days, 1, 31);
  const inMonths = field(months, 1, 12, MONTH_NAMES, 1);
  // 1 is Sunday, as in AWS and unlike in Unix.
  const inWeekdays = field(weekdays, 1, 7, DAY_NAMES, 1);
  const inYears = field(years, 1970, 2199);
  const dayMatches = (day: Date) =>
    inYears.has(day.getUTCFullYear()) &&
    inMonths.has(day.getUTCMonth() + 1) &&
    inDays.has(day.getUTCDate()) &&
    inWeekdays.has(day.getUTCDay() + 1);
  const times = [...inHours].flatMap(hour => [...inMinutes].map(minute => hour * HOUR + minute * MINUTE));
  return from => {
    const first = Math.floor(from / DAY) * DAY;
    for (let day = first; day < first + LONGEST_WAIT_DAYS * DAY; day += DAY) {
      if (!dayMatches(new Date(day))) continue;
      const time = times.find(offset => day + offset >= from);
      if (time !== undefined) return day + time;
    }
    return undefined;
  };
}

/** In ascending order. */
function field(text: string, low: number, high: number, names: readonly string[] = [], nameBase = 0): Set<number> {
  const values = new Set<number>();
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + nameBase : Number(part);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`"${text}" is not known in a cron field.`);
    return value;
  };
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = range.split('-');
    const every = range === '*' || range === '?';
    const start = every ? low : number(from ?? '');
    const end = every || (to === undefined && part.includes('/')) ? high : number(to ?? from ?? '');
    for (let value = start; value <= end; value += Number(step)) values.add(value);
  }
  return new Set([...values].sort((a, b) => a - b));
}

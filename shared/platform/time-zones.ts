import { Temporal } from 'temporal-polyfill';
import table from './generated/time-zones.json' with { type: 'json' };
import { type Instant, MINUTE } from './instant.ts';

/**
 * What a zone's clocks show, by IANA's data that the product carries (`infra/build/time-zones.ts`): the runtime's own
 * are as old as the runtime, and Lambda's is not ours to choose. Before and after the table's years the runtime counts.
 */

/** Between two changes of a zone's offset, or between one and an end of the table. */
export interface Stretch {
  readonly from: Instant;
  /** Not a part of it. */
  readonly until: Instant;
  /** Milliseconds that the wall is ahead of UTC. */
  readonly offset: number;
}

const FROM = table.from * MINUTE;
const UNTIL = table.until * MINUTE;

const packed = new Map(
  Object.entries(table.zones).flatMap(([names, text]) =>
    names.split(' ').map(name => [name.toLowerCase(), text] as const),
  ),
);
const unpacked = new Map<string, readonly Stretch[]>();

/** Offsets (`+02:00`), which `Intl` knows as zones too, are none: they have no summer time. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Raises RangeError for an unknown zone. */
export function stretchAt(timezone: string, instant: Instant): Stretch {
  if (instant >= FROM && instant < UNTIL) {
    const known = stretchesOf(timezone).find(({ until }) => instant < until);
    if (known !== undefined) return known;
  }
  return stretchOfRuntime(timezone, instant);
}

/** Milliseconds since 1970-01-01T00:00:00 on the zone's wall: formatted as UTC they read as its clocks show. */
export function wallAt(timezone: string, instant: Instant): number {
  return instant + stretchAt(timezone, instant).offset;
}

/**
 * When the wall shows a time: the first of two moments where clocks go back; where they go forward over it, as long
 * after the change as it would have been.
 */
export function instantOfWall(timezone: string, wall: number): Instant {
  const before = wall - stretchAt(timezone, wall - 24 * 60 * MINUTE).offset;
  if (wallAt(timezone, before) === wall) return before;
  const after = wall - stretchAt(timezone, wall + 24 * 60 * MINUTE).offset;
  return wallAt(timezone, after) === wall ? after : before;
}

function stretchesOf(timezone: string): readonly Stretch[] {
  const name = timezone.toLowerCase();
  const known = unpacked.get(name);
  if (known !== undefined) return known;
  const stretches = unpack(packed.get(name) ?? '');
  unpacked.set(name, stretches);
  return stretches;
}

/** `-300 28500780 -240`: the offset at first, then the minute of each change and the offset from it on. */
function unpack(text: string): Stretch[] {
  if (text === '') return [];
  const [first = 0, ...changes] = text.split(' ').map(Number);
  const known = [table.from, first, ...changes];
  return Array.from({ length: known.length / 2 }, (_, index) => {
    const [from = 0, offset = 0, until = table.until] = known.slice(2 * index);
    return { from: from * MINUTE, until: until * MINUTE, offset: offset * MINUTE };
  });
}

function stretchOfRuntime(timezone: string, instant: Instant): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  const next = moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  // `instant` itself may be a transition: it begins the stretch in which it lies.
  const last = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  return {
    from: instant < UNTIL ? last : Math.max(last, UNTIL),
    until: instant < FROM ? Math.min(next, FROM) : next,
    offset: moment.offsetNanoseconds / 1e6,
  };
}

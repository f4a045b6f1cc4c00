import * as z from 'zod';
import {
  MINUTE_SHARDS,
  minuteOfText,
  minuteRanges,
  minuteShard,
  minuteText,
  nextOccurrence,
} from './account-minute.ts';
import { DUE_SHARDS, dueShard, LEASE_TIME, takeDue, wakeText } from './due.ts';
import { type Clock, DAY, type Instant, MINUTE } from './instant.ts';
import { StoredInstant } from './stored-instant.ts';
import { ABSENT, type Table } from './table.ts';
import { waking } from './wake-index.ts';
import { kindOf, type WakeUp, wakeUpFor } from './wake-up.ts';

export interface SweeperServices {
  readonly table: Table;
  /** Done means: the queue has them. */
  readonly wakeUp: (wakeUps: readonly WakeUp[]) => Promise<void>;
  readonly clock: Clock;
  readonly flushesPerDay: number;
  /** About how many wake-ups one run may send; default 20 000, which takes some ten seconds. */
  readonly pokesPerRun?: number;
}

export interface Sweep {
  readonly poked: number;
  /** When there is something to do again; `now` when this run did not finish; null: never, as things stand. */
  readonly nextAt: Instant | null;
}

// Two families in one index. Neither loses a wake-up when a run dies at any point:
//
//   accounts   watermark ──▶ minutes (through, now], at most ten at a time ──▶ wake-ups ──▶ watermark = the last of them
//              died before the watermark: the same minutes once more; a doubled wake-up of an account changes nothing
//   due items  all with wakeAt ≤ now ──▶ lease each (wakeAt = now + 5 min) ──▶ wake-up
//              died in between: found again when the lease has passed. No watermark needed: what is not taken stays due
//
// After an outage accounts are caught up for at most a day: by then each has had its minute.

// Each query goes on one item past now: that is when the sweeper is needed next.

/** One run of the sweeper. @throws whatever table or queue throw; nothing is lost by it */
export async function sweep(services: SweeperServices): Promise<Sweep> {
  const now = services.clock();
  const budget = services.pokesPerRun ?? 20_000;
  const accounts = await pokeAccounts(services, now, budget);
  const due = await pokeDue(services, now, budget);
  return { poked: accounts.poked + due.poked, nextAt: earliest([accounts.nextAt, due.nextAt]) };
}

const WATERMARK = { pk: 'sweeper', sk: 'watermark' };
const Watermark = z.object({ through: StoredInstant });
const MINUTES_AT_ONCE = 10;

async function pokeAccounts(services: SweeperServices, now: Instant, budget: number): Promise<Sweep> {
  const lastMinute = Math.floor(now / MINUTE) * MINUTE;
  // Between two flushes of one account every other has its turn: further ahead there is nothing new to see.
  const between = DAY / services.flushesPerDay;
  let seen = (await services.table.get(WATERMARK, Watermark))?.through;
  let through = Math.max(seen ?? lastMinute - MINUTE, lastMinute - DAY);
  let woken = 0;
  for (;;) {
    const upTo = Math.max(through, Math.min(through + MINUTES_AT_ONCE * MINUTE, lastMinute));
    const some = await pokeMinutes(services, through + MINUTE, upTo, upTo + between);
    woken += some.poked;
    // Empty minutes are skipped: no account is due before `nextAt`.
    through = Math.max(through, Math.min(lastMinute, some.nextAt === null ? lastMinute : some.nextAt - MINUTE));
    // Minutes in which no account was due are looked at again, by the same query, until there is something to say.
    if (seen === undefined || some.poked > 0 || through - seen >= MINUTES_AT_ONCE * MINUTE) {
      await writeWatermark(services.table, seen, through);
      seen = through;
    }
    if (through >= lastMinute) return { poked: woken, nextAt: some.nextAt };
    if (woken >= budget) return { poked: woken, nextAt: now };
  }
}

/** Leaves it alone when another sweeper, running at the same time, has moved it: the minutes were poked twice then. */
async function writeWatermark(table: Table, seen: Instant | undefined, through: Instant): Promise<void> {
  const unmoved = { expression: 'through = :seen', values: { ':seen': seen && z.encode(StoredInstant, seen) } };
  await table.put({ ...WATERMARK, ...z.encode(Watermark, { through }) }, seen === undefined ? ABSENT : unmoved);
}

/** Pokes the accounts whose minute lies from `first` to `last`, and sees whose comes next, up to `horizon`. */
async function pokeMinutes(services: SweeperServices, first: Instant, last: Instant, horizon: Instant): Promise<Sweep> {
  const minutes = Math.min((horizon - first) / MINUTE + 1, DAY / MINUTE);
  // Of all shards together: an ordinary minute has few in each, and calls to the queue are charged whatever they bring.
  const wakeUps: WakeUp[] = [];
  const looked = inAllShards(MINUTE_SHARDS, async shard => {
    let woken = 0;
    const next: Instant[] = [];
    let seenAhead: number | undefined;
    for (const { from, to, shift } of minuteRanges(first, minutes, services.flushesPerDay)) {
      // The part behind midnight of a flush that has its next account before midnight.
      if (shift === seenAhead) continue;
      for await (const account of waking(services.table, {
        shard: minuteShard(shard),
        from: minuteText(from),
        to: minuteText(to),
      })) {
        const at = nextOccurrence(minuteOfText(account.wakeAt), shift, first);
        next.push(at > last ? at : at + DAY / services.flushesPerDay);
        if (at > last) {
          seenAhead = shift;
          break;
        }
        wakeUps.push(wakeUpFor(account));
        woken += 1;
      }
    }
    return { poked: woken, nextAt: earliest(next) };
  });
  try {
    return await looked;
  } finally {
    if (wakeUps.length > 0) await services.wakeUp(wakeUps);
  }
}

/** Keeps one call to the queue full without holding many leases that no queue knows of. */
const WAKE_UPS_AT_ONCE = 10;

async function pokeDue(services: SweeperServices, now: Instant, budget: number): Promise<Sweep> {
  const perShard = Math.ceil(budget / DUE_SHARDS);
  return inAllShards(DUE_SHARDS, async shard => {
    let woken = 0;
    let nextAt: Instant | null = null;
    let wakeUps: WakeUp[] = [];
    const unknown = new Set<string>();
    const send = async () => {
      if (wakeUps.length > 0) await services.wakeUp(wakeUps);
      woken += wakeUps.length;
      wakeUps = [];
    };
    for await (const { wakeAt, ...key } of waking(services.table, { shard: dueShard(shard), from: '0', to: '9' })) {
      const isDue = wakeAt <= wakeText(now);
      if (!isDue || woken + wakeUps.length >= perShard) {
        nextAt = earliest([nextAt, isDue ? now : Date.parse(wakeAt)]);
        break;
      }
      const kind = kindOf(key);
      if (kind === undefined) unknown.add(key.sk.split('#', 1).join());
      if ((await takeDue(services.table, key, wakeAt, now)) && kind !== undefined) wakeUps.push({ kind, ...key });
      nextAt = now + LEASE_TIME;
      if (wakeUps.length === WAKE_UPS_AT_ONCE) await send();
    }
    await send();
    // Taken like the others, so that it is not in their way; but a kind that nothing works on is a mistake, and rings.
    if (unknown.size > 0) throw new RangeError(`Nothing works on due items of kind ${[...unknown].join(', ')}.`);
    return { poked: woken, nextAt };
  });
}

/** Adds up what `work` answers. All shards are worked on also when one fails; then the first failure is thrown. */
async function inAllShards(count: number, work: (shard: number) => Promise<Sweep>): Promise<Sweep> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, (_, shard) => work(shard)));
  let woken = 0;
  const next: (Instant | null)[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
    woken += outcome.value.poked;
    next.push(outcome.value.nextAt);
  }
  return { poked: woken, nextAt: earliest(next) };
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter(instant => instant !== null);
  return known.length === 0 ? null : Math.min(...known);
}

import { DAY, HOUR, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import { Consumption } from './consumption.ts';
import { type MeasuredCloud, startMeasuredCloud } from './measured-cloud.ts';
import type { MeterReader } from './meter-reader.ts';
import { record } from './posted-usage.ts';
import { makeSubscribers, SUBSCRIBERS, type Subscriber } from './subscribers.ts';

const BEGIN = Date.UTC(2026, 10, 1);
const DAYS = 30;
const RUNS_OF_SWEEPER = (DAYS * DAY) / MINUTE;
/** Each of two environments remembers Stripe's key for five minutes. */
const READS_OF_SECRET = (2 * DAYS * DAY) / (5 * MINUTE);

const MESSAGING = ['notices', 'mail-feedback'];

/** How a subscriber uses the network. */
export interface Habit {
  /** Page writes a month, evenly spread. */
  readonly pages: number;
  /** Records on a page. */
  readonly perPage: number;
}

export interface MonthOptions {
  readonly sample: readonly Subscriber[];
  readonly habit: Habit;
  /** Default: one. */
  readonly months?: number;
  readonly assembly?: string;
  /** How long Stripe takes to answer, in ms; default: no time. Functions wait for it, and waiting is charged. */
  readonly stripeLatency?: number;
}

/** One month of the sample: what rating, pushing and the sweeper used. Intake is measured apart. */
export interface Month {
  readonly records: number;
  /** From the first day to the last. */
  readonly rating: Consumption;
  /** At the period's end: rating, confirmation, comparison with the invoice. */
  readonly closing: Consumption;
  /** The sample's part of a sweeper that 10 000 accounts share. */
  readonly sweeper: Consumption;
  /** Stripe's events and what they set off; no part of the way of usage. */
  readonly events: Consumption;
  /** Mails, from the order to what became of them. */
  readonly messages: Consumption;
  /** Calls to Stripe by rating: `GET /v1/invoices` → how often. */
  readonly stripe: { readonly days: ReadonlyMap<string, number>; readonly closing: ReadonlyMap<string, number> };
  /** Calls to Stripe by others. */
  readonly otherStripeCalls: number;
}

/** Posts and rates day by day on domain time, then closes the period; as often as there are months. */
export async function sampleMonths(options: MonthOptions): Promise<Month[]> {
  const measured = await startMeasuredCloud({ clock: BEGIN, ...(options.assembly && { assembly: options.assembly }) });
  try {
    await makeSubscribers(measured, options.sample);
    measured.cloud.stripeLine.faults = { ...measured.cloud.stripeLine.faults, latencyMs: options.stripeLatency ?? 0 };
    const months: Month[] = [];
    for (let n = 0; n < (options.months ?? 1); n++) {
      const start = Date.UTC(2026, 10 + n, 1);
      months.push(await oneMonth(measured, options, { start, end: Date.UTC(2026, 11 + n, 1) }));
    }
    return months;
  } finally {
    await measured.stop();
  }
}

async function oneMonth(
  measured: MeasuredCloud,
  { sample, habit }: MonthOptions,
  period: { start: Instant; end: Instant },
): Promise<Month> {
  const { cloud, meters, post } = measured;
  // What was posted yesterday is rated today; the period's last usage is left to its end.
  let records = 0;
  meters.reset();
  const days = (period.end - period.start) / DAY;
  for (let day = 0; day < days; day++) {
    const dawn = period.start + day * DAY;
    await cloud.moveTo(dawn + DAY - 1);
    const posted = usageOfDay(sample, habit, period.start, day, days);
    records += posted.length;
    await post(posted);
  }
  const { rating, sweeper, stripe, events, messages, otherStripeCalls } = taken(meters);
  meters.reset();
  await cloud.moveTo(period.end + 2 * HOUR - 1);
  await cloud.moveTo(period.end + 2 * HOUR + 30 * MINUTE);
  const end = taken(meters);
  return {
    records,
    rating: withShareOfSecret(rating, sample.length),
    closing: withShareOfSecret(end.rating.plus(end.sweeper), 0),
    sweeper: shareOfSweeper(sweeper, sample.length),
    events: withShareOfSecret(events.plus(end.events), 0),
    messages: messages.plus(end.messages),
    stripe: { days: stripe, closing: end.stripe },
    otherStripeCalls: otherStripeCalls + end.otherStripeCalls,
  };
}

const WAY_OF_USAGE = ['usage-api', 'usage-intake', 'account-api', 'rating', 'sweeper'];
/** Twice a day for all subscribers together: part of what a stage costs idle. */
const OF_THE_STAGE = ['missed-events', 'usage-audit', 'case-watch'];

function taken(meters: MeterReader) {
  const stripe = meters.stripeCalls('rating');
  return {
    rating: meters.of('rating'),
    sweeper: meters.of('sweeper'),
    events: meters.others([...WAY_OF_USAGE, ...OF_THE_STAGE, ...MESSAGING]),
    messages: MESSAGING.map(name => meters.of(name)).reduce((sum, used) => sum.plus(used)),
    stripe,
    otherStripeCalls: OF_THE_STAGE.reduce(
      (calls, name) => calls - total(meters.stripeCalls(name)),
      meters.allStripeCalls - total(stripe),
    ),
  };
}

/** Of those calls whose method and path contain `to`. */
export function total(calls: ReadonlyMap<string, number>, to = ''): number {
  return [...calls].reduce((sum, [call, count]) => (call.includes(to) ? sum + count : sum), 0);
}

/**
 * Here it ran only when it had something to do; there it runs every minute, and 10 000 accounts share that. What it
 * sends is for the sample alone.
 */
function shareOfSweeper(used: Consumption, accounts: number): Consumption {
  const runs = used.of('invocations');
  if (runs === 0) throw new Error('The sweeper did not run.');
  const aRun = used.only(resource => resource !== 'queueRequests').times(1 / runs);
  const sent = used.only(resource => resource === 'queueRequests');
  return aRun.times((RUNS_OF_SWEEPER * accounts) / SUBSCRIBERS).plus(sent);
}

/** A small sample would pay alone for what all accounts of five minutes share. */
function withShareOfSecret(used: Consumption, accounts: number): Consumption {
  const share = (READS_OF_SECRET * accounts) / SUBSCRIBERS;
  return used.only(resource => resource !== 'decryptions').plus(new Consumption([['decryptions', share]]));
}

/** Billable ones call abroad once a day where they have a page that day; all else is free. */
function usageOfDay(sample: readonly Subscriber[], habit: Habit, start: Instant, day: number, days: number): object[] {
  const pages = Array.from({ length: habit.pages }, (_, n) => ({
    n,
    at: start + ((n + 0.5) * days * DAY) / habit.pages + SECOND,
  }));
  const today = pages.filter(({ at }) => Math.floor((at - start) / DAY) === day);
  return sample.flatMap(({ msisdn, isBillable }) =>
    today.flatMap(({ n, at }, index) => {
      const use = isBillable && index === 0 ? 'call abroad' : n % 3 === 0 ? 'free message' : 'free data';
      return Array.from({ length: habit.perPage }, (_, k) => record(msisdn, at - k, use));
    }),
  );
}

import { byResource, dollars } from './bill-of-resources.ts';
import type { Consumption } from './consumption.ts';
import type { Chapter, Figure } from './figure.ts';
import {
  type Arrival,
  FEW_RECORDS_A_LINE,
  type IntakeSample,
  MANY_AND_GATHERED,
  MANY_AND_SCATTERED,
  sampleIntake,
} from './intake-sample.ts';
import { LIST_PRICES, STORAGE_PRICES } from './list-prices.ts';
import { type Habit, type Month, sampleMonths } from './month-sample.ts';
import { type Subscriber, sampleOf } from './subscribers.ts';

const MILLION = 1_000_000;
/** What Stripe takes to answer, about: functions wait for it, and the waiting is charged. */
const STRIPE_LATENCY = 150;

export interface CostOptions {
  /** Posts of 500 per kind of arrival. */
  readonly posts: number;
  /** A multiple of three: every third has something billable. */
  readonly subscribers: number;
  /** Whether the month of a line with 2 000 records a day is measured, too: it takes 60 000 records. */
  readonly heavy: boolean;
}

interface Scenario {
  readonly what: string;
  readonly goal: number;
  readonly arrival: Arrival;
  readonly month: Month | undefined;
}

export interface CostFigures {
  readonly chapter: Chapter;
  /** The month without locality. */
  readonly month: Month;
}

/** AWS list price of a million records, everything from the post to the closed period. */
export async function benchCost(options: CostOptions): Promise<CostFigures> {
  const sample = sampleOf(options.subscribers);
  const scattered = await aMonth(sample, { pages: 100, perPage: 1 });
  const gathered = options.heavy ? await aMonth(sample, { pages: 20, perPage: 5 }) : undefined;
  const heavy = options.heavy ? await aMonth(sampleOf(1, 'all'), { pages: 2_880, perPage: 21 }) : undefined;
  const scenarios: Scenario[] = [
    {
      what: '100 records a month and subscriber, 1 a page write',
      goal: 1.3,
      arrival: FEW_RECORDS_A_LINE(1),
      month: scattered,
    },
    {
      what: '100 records a month and subscriber, 5 a page write',
      goal: 0.55,
      arrival: FEW_RECORDS_A_LINE(5),
      month: gathered,
    },
    { what: '2 000 records a day and line, 1 a page write', goal: 1.3, arrival: MANY_AND_SCATTERED, month: heavy },
    { what: '2 000 records a day and line, 20 a page write', goal: 0.2, arrival: MANY_AND_GATHERED, month: heavy },
  ];
  const figures: Figure[] = [];
  const notes = [
    `Sample: ${options.posts} posts of 500 for each kind of arrival, or 21 where a page is written that often, a month of ${options.subscribers} subscribers of 10 000, every third ` +
      'with a chargeable record on each day with records' +
      (options.heavy ? ', and a month of one line with 2 000 records a day.' : '.'),
    'Units that the tables said they consumed and calls that were counted, times list prices of us-east-1. Lambda time is ' +
      `real time here, Stripe answering after ${STRIPE_LATENCY} ms, times the memory of the template.`,
    'Functions remember nothing between two posts. The sweeper runs every minute for 10 000 accounts. Not in it: alarms, ' +
      'dashboard, polls of empty queues (idle cost), making of accounts, storage.',
  ];
  for (const scenario of scenarios) {
    const intake = await sampleIntake(scenario.arrival, options.posts);
    const { figure, lines } = scenarioFigure(scenario, intake);
    figures.push(figure, ...storageFigures(scenario.what, intake));
    notes.push(...lines);
  }
  const monthly = (used: Consumption) => used.times(MILLION / scattered.records);
  const { events, messages } = scattered;
  figures.push(
    { what: "Stripe's events of 10 000 subscribers in a month", value: monthly(events).cost, unit: 'USD' },
    { what: 'mails of 10 000 subscribers in a month', value: monthly(messages).cost, unit: 'USD' },
  );
  notes.push(
    `Stripe's events of 10 000 subscribers: ${byResource(monthly(events))}${onAShare(monthly(events))}.`,
    `Mails of 10 000 subscribers: ${byResource(monthly(messages))}${onAShare(monthly(messages))}.`,
    'Lambda gives a share of a core below 1 769 MB: what the busy part of its time would take on top is told in brackets.',
  );
  return { chapter: { title: 'AWS list price per 1M records', figures, notes }, month: scattered };
}

async function aMonth(sample: readonly Subscriber[], habit: Habit): Promise<Month> {
  const [month] = await sampleMonths({ sample, habit, stripeLatency: STRIPE_LATENCY });
  if (month === undefined) throw new Error('There is no month.');
  return month;
}

function scenarioFigure({ what, goal, month }: Scenario, intake: IntakeSample): { figure: Figure; lines: string[] } {
  const onPages = intake.perRecord.times(MILLION);
  if (month === undefined) {
    const figure = { what: `${what}: onto pages only`, value: onPages.cost, unit: 'USD' };
    return { figure, lines: [`${what}, onto pages: ${byResource(onPages)}.`] };
  }
  const factor = MILLION / month.records;
  const parts = {
    'onto pages': onPages,
    'rating and pushing': month.rating.times(factor),
    "period's end": month.closing.times(factor),
    sweeper: month.sweeper.times(factor),
  };
  const all = Object.values(parts).reduce((sum, part) => sum.plus(part));
  const shares = Object.entries(parts).map(([name, part]) => `${name} ${dollars(part.cost)}`);
  return {
    figure: { what, value: all.cost, unit: 'USD', goal: { atMost: goal } },
    lines: [`${what}: ${shares.join(', ')}. By resource: ${byResource(all)}${onAShare(all)}.`],
  };
}

/** In brackets, because it is reckoned and not measured. */
function onAShare(used: Consumption): string {
  return ` (and ${dollars(used.of('slowerGbSeconds') * LIST_PRICES.gbSeconds)} on a share of a core)`;
}

function storageFigures(what: string, { pageBytesPerRecord, archiveBytesPerRecord }: IntakeSample): Figure[] {
  const gigabytes = (bytes: number) => (bytes * MILLION) / 1e9;
  const tables = STORAGE_PRICES.table + STORAGE_PRICES.pointInTimeRecovery;
  const monthly = gigabytes(pageBytesPerRecord) * tables + gigabytes(archiveBytesPerRecord) * STORAGE_PRICES.bucket;
  return [{ what: `${what}: storage, each month that it is kept`, value: monthly, unit: 'USD' }];
}

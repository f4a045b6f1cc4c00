import { DUE_KIND_NAMES, type DueKind } from '#shared/platform/due-kinds.ts';
import type { Incident } from '#shared/platform/incident.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { QUEUE_NAMES, type QueueName } from '#shared/platform/work-queues.ts';
import type { Attention } from '#shared/reports/attention.ts';
import { type LedgerCount, sumOf } from './ledger-count.ts';

/** A place on the path from a posted record to a line that works again, with the number on the arrow that leads to it. */
export interface Station {
  readonly id: StationId;
  readonly title: string;
  /** What has come in by the arrow so far, or waits there now. */
  readonly count: number;
  /** What is counted: short, as it stands below the number. */
  readonly unit: string;
  /** A second number, in words. */
  readonly note: string;
  /** What is counted and where it was read, in a sentence. */
  readonly explanation: string;
  readonly marks: readonly Mark[];
}

/** Something here waits for a person. */
export interface Mark {
  readonly count: number;
  readonly what: string;
  readonly href: string;
}

export type StationId =
  | 'posted'
  | 'queue'
  | 'pages'
  | 'rating'
  | 'movements'
  | 'meters'
  | 'webhooks'
  | 'bills'
  | 'messages'
  | 'dunning'
  | 'commands';

export interface PathFacts {
  readonly census: LedgerCount;
  /** Usage pages. */
  readonly pages: number;
  /** Messages on a queue, by its short name: `usage`. */
  readonly waiting: (queue: string) => number;
  readonly attention: Attention;
}

/** The whole path, in its order. */
export function pathStations(facts: PathFacts): readonly Station[] {
  const cases = Map.groupBy(facts.attention.cases, stationOfIncident);
  return STATIONS.map(({ id, title, unit, explanation, count, note }) => ({
    id,
    title,
    unit,
    explanation,
    count: count(facts),
    note: note(facts),
    marks: marksAt(id, facts.attention, cases.get(id) ?? []),
  }));
}

/** A station as it is described; its numbers are read from the facts. */
interface StationDescription extends Pick<Station, 'id' | 'title' | 'unit' | 'explanation'> {
  readonly count: (facts: PathFacts) => number;
  readonly note: (facts: PathFacts) => string;
}

const STATIONS: readonly StationDescription[] = [
  {
    id: 'posted',
    title: 'Records posted',
    unit: 'accepted',
    explanation: 'Records that POST /v1/usage accepted, added up over the batch markers of the ledger.',
    count: ({ census }) => census.records.accepted,
    note: ({ census }) => counted(census.batches, 'batch', 'batches'),
  },
  {
    id: 'queue',
    title: 'Queue',
    unit: 'waiting',
    explanation: 'Messages on the queue of posted usage at this moment, also those being worked on.',
    count: ({ waiting }) => waiting('usage'),
    note: ({ waiting }) => (waiting('usage') === 0 ? 'nothing waits' : 'being counted'),
  },
  {
    id: 'pages',
    title: 'Usage pages',
    unit: 'kept',
    explanation:
      'Records that intake has written to usage pages: counted, without those that were there before with the same facts.',
    count: ({ census }) => census.records.counted - census.records.duplicates,
    note: ({ census }) => `${counted(census.records.duplicates, 'repeat', 'repeats')} ignored`,
  },
  {
    id: 'rating',
    title: 'Rating',
    unit: 'pages',
    explanation:
      'Usage pages in the table: rating folds those of a period each time anew. Waiting: wake-ups on its queue.',
    count: ({ pages }) => pages,
    note: ({ waiting }) => whatIsLeft(waiting('rating'), 'waiting') ?? 'nothing waits',
  },
  {
    id: 'movements',
    title: 'Movements',
    unit: 'planned',
    explanation:
      'Differences between what was rated and what Stripe knows, each written down before it is sent: the numbers of all positions added up.',
    count: ({ census }) => census.movements.planned,
    note: ({ census }) => counted(census.positions, 'position', 'positions'),
  },
  {
    id: 'meters',
    title: 'Stripe meters',
    unit: 'settled',
    explanation: 'Movements of which it is certain that Stripe’s meters have counted them, each exactly once.',
    count: ({ census }) => census.movements.planned - census.movements.open,
    note: ({ census }) => whatIsLeft(census.movements.open, 'on their way') ?? 'nothing on its way',
  },
  {
    id: 'webhooks',
    title: 'Webhooks',
    unit: 'taken in',
    explanation: 'Stripe’s events that were taken in, each once, however often it was delivered: claims in the ledger.',
    count: ({ census }) => census.events.done,
    note: ({ census, waiting }) =>
      whatIsLeft(waiting('stripe-events') + census.events.open, 'waiting') ?? 'nothing waits',
  },
  {
    id: 'bills',
    title: 'Bills',
    unit: 'issued',
    explanation: 'Bills that were built from final invoices and equal them to the minor unit.',
    count: ({ census }) => census.bills,
    note: ({ waiting }) => whatIsLeft(waiting('bills'), 'waiting') ?? 'nothing waits',
  },
  {
    id: 'messages',
    title: 'Messages',
    unit: 'sent',
    explanation: 'Mails, texts, pushes and letters that went out; queued ones wait for their moment or their channel.',
    count: ({ census }) => sumOf(census.messages) - queuedMessages(census),
    note: ({ census }) => whatIsLeft(queuedMessages(census), 'queued') ?? 'nothing waits',
  },
  {
    id: 'dunning',
    title: 'Dunning',
    unit: 'cases',
    explanation: 'Accounts whose payment failed, or came late. Closed ones were paid, or there is no debt any more.',
    count: ({ census }) => census.dunning.cases,
    note: ({ census }) => whatIsLeft(census.dunning.open, 'open') ?? 'none open',
  },
  {
    id: 'commands',
    title: 'Commands',
    unit: 'ordered',
    explanation: 'What the operator’s network was told to do to lines: throttle, bar, suspend, restore.',
    count: ({ census }) => census.commands.ordered,
    note: ({ census }) => whatIsLeft(census.commands.ordered - census.commands.taken, 'not taken yet') ?? 'all taken',
  },
];

/** Seen from outside of the product: messages in the states `sending` and `unknown` may have gone out already. */
const NOT_SENT_YET = ['queued', 'sending', 'unknown'];

function queuedMessages({ messages }: LedgerCount): number {
  return NOT_SENT_YET.reduce((sum, state) => sum + (messages.get(state) ?? 0), 0);
}

function whatIsLeft(count: number, words: string): string | undefined {
  return count === 0 ? undefined : `${count} ${words}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const STATION_OF_QUEUE: Readonly<Record<QueueName, StationId>> = {
  usage: 'queue',
  files: 'queue',
  rating: 'rating',
  'stripe-events': 'webhooks',
  bills: 'bills',
  notices: 'messages',
  'mail-feedback': 'messages',
  dunning: 'dunning',
};

function stationOfQueue(queue: string): StationId {
  const known = QUEUE_NAMES.find(name => name === queue);
  return STATION_OF_QUEUE[mustHave(known, `There is no queue ${queue}.`)];
}

function marksAt(id: StationId, { quarantine, deadLetters }: Attention, cases: readonly Incident[]): Mark[] {
  const dead = [...deadLetters].filter(([queue]) => stationOfQueue(queue) === id);
  const letters = dead.reduce((sum, [, count]) => sum + count, 0);
  const marks = [
    { count: id === 'pages' ? quarantine.length : 0, what: 'in quarantine', href: '/console/quarantine' },
    { count: letters, what: letters === 1 ? 'dead letter' : 'dead letters', href: '/console/dead-letters' },
    { count: cases.length, what: cases.length === 1 ? 'open case' : 'open cases', href: '/console/cases' },
  ];
  return marks.filter(({ count }) => count > 0);
}

const STATION_OF_KIND: Readonly<Record<DueKind, StationId>> = {
  file: 'queue',
  range: 'queue',
  account: 'rating',
  line: 'rating',
  position: 'movements',
  period: 'meters',
  voids: 'pages',
  event: 'webhooks',
  bill: 'bills',
  annex: 'bills',
  message: 'messages',
  dunning: 'dunning',
  service: 'commands',
};

/** Due items by their kind, and what else an incident may be about. */
const STATION_OF_SUBJECT: ReadonlyMap<string, StationId> = new Map([
  ...DUE_KIND_NAMES.map(kind => [kind, STATION_OF_KIND[kind]] as const),
  ['meter', 'meters'],
  ['command', 'commands'],
  ['batch', 'queue'],
]);

/** Where on the path the case stands: by the kind of item that it is about. */
export function stationOfIncident({ subject }: Pick<Incident, 'subject'>): StationId {
  const [family = ''] = subject.pk.split('#', 1);
  const [member = ''] = subject.sk.split('#', 1);
  return STATION_OF_SUBJECT.get(family === 'account' ? member : family) ?? 'webhooks';
}

import type { Case } from '#shared/platform/case.ts';
import { DUE_KIND_NAMES, type DueKind } from '#shared/platform/due-kinds.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { QUEUE_NAMES, type QueueName } from '#shared/platform/work-queues.ts';
import type { Attention } from '#shared/reports/attention.ts';
import { type Census, sumOf } from './census.ts';

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
  readonly census: Census;
  /** Usage pages. */
  readonly pages: number;
  /** Messages on a queue, by its short name: `usage`. */
  readonly waiting: (queue: string) => number;
  readonly attention: Attention;
}

/** The whole path, in its order. */
export function pathStations({ census, pages, waiting, attention }: PathFacts): readonly Station[] {
  const { records, movements, events, commands, messages, dunning } = census;
  const cases = Map.groupBy(attention.cases, stationOfCase);
  const marks = (id: StationId) => marksAt(id, attention, cases.get(id) ?? []);
  const queued = NOT_SENT_YET.reduce((sum, state) => sum + (messages.get(state) ?? 0), 0);
  const isLeft = (count: number, words: string) => (count === 0 ? '' : `${count} ${words}`);
  return [
    {
      id: 'posted',
      title: 'Records posted',
      count: records.accepted,
      unit: 'accepted',
      note: counted(census.batches, 'batch', 'batches'),
      explanation: 'Records that POST /v1/usage accepted, added up over the batch markers of the ledger.',
      marks: marks('posted'),
    },
    {
      id: 'queue',
      title: 'Queue',
      count: waiting('usage'),
      unit: 'waiting',
      note: waiting('usage') === 0 ? 'nothing waits' : 'being counted',
      explanation: 'Messages on the queue of posted usage at this moment, also those being worked on.',
      marks: marks('queue'),
    },
    {
      id: 'pages',
      title: 'Usage pages',
      count: records.counted - records.duplicates,
      unit: 'kept',
      note: `${counted(records.duplicates, 'repeat', 'repeats')} ignored`,
      explanation:
        'Records that intake has written to usage pages: counted, without those that were there before with the same facts.',
      marks: marks('pages'),
    },
    {
      id: 'rating',
      title: 'Rating',
      count: pages,
      unit: 'pages',
      note: isLeft(waiting('rating'), 'waiting') || 'nothing waits',
      explanation:
        'Usage pages in the table: rating folds those of a period each time anew. Waiting: pokes on its queue.',
      marks: marks('rating'),
    },
    {
      id: 'movements',
      title: 'Movements',
      count: movements.planned,
      unit: 'planned',
      note: counted(census.positions, 'position', 'positions'),
      explanation:
        'Differences between what was rated and what Stripe knows, each written down before it is sent: the numbers of all positions added up.',
      marks: marks('movements'),
    },
    {
      id: 'meters',
      title: 'Stripe meters',
      count: movements.planned - movements.open,
      unit: 'settled',
      note: isLeft(movements.open, 'on their way') || 'nothing on its way',
      explanation: 'Movements of which it is certain that Stripe’s meters have counted them, each exactly once.',
      marks: marks('meters'),
    },
    {
      id: 'webhooks',
      title: 'Webhooks',
      count: events.done,
      unit: 'taken in',
      note: isLeft(waiting('stripe-events') + events.open, 'waiting') || 'nothing waits',
      explanation:
        'Stripe’s events that were taken in, each once, however often it was delivered: claims in the ledger.',
      marks: marks('webhooks'),
    },
    {
      id: 'bills',
      title: 'Bills',
      count: census.bills,
      unit: 'issued',
      note: isLeft(waiting('bills'), 'waiting') || 'nothing waits',
      explanation: 'Bills that were built from final invoices and equal them to the minor unit.',
      marks: marks('bills'),
    },
    {
      id: 'messages',
      title: 'Messages',
      count: sumOf(messages) - queued,
      unit: 'sent',
      note: isLeft(queued, 'queued') || 'nothing waits',
      explanation:
        'Mails, texts, pushes and letters that went out; queued ones wait for their moment or their channel.',
      marks: marks('messages'),
    },
    {
      id: 'dunning',
      title: 'Dunning',
      count: dunning.cases,
      unit: 'cases',
      note: isLeft(dunning.open, 'open') || 'none open',
      explanation: 'Accounts whose payment failed, or came late. Closed ones were paid, or there is no debt any more.',
      marks: marks('dunning'),
    },
    {
      id: 'commands',
      title: 'Commands',
      count: commands.ordered,
      unit: 'ordered',
      note: isLeft(commands.ordered - commands.taken, 'not taken yet') || 'all taken',
      explanation: 'What the operator’s network was told to do to lines: throttle, bar, suspend, restore.',
      marks: marks('commands'),
    },
  ];
}

/** To whom looks from outside: `sending` and `unknown` may have gone. */
const NOT_SENT_YET = ['queued', 'sending', 'unknown'];

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const STATION_OF_QUEUE: Readonly<Record<QueueName, StationId>> = {
  usage: 'queue',
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

function marksAt(id: StationId, { quarantine, deadLetters }: Attention, cases: readonly Case[]): Mark[] {
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
  account: 'rating',
  line: 'rating',
  position: 'movements',
  period: 'meters',
  voids: 'pages',
  bill: 'bills',
  message: 'messages',
  dunning: 'dunning',
  service: 'commands',
};

/** What is no due item. */
const STATION_OF_SUBJECT: ReadonlyMap<string, StationId> = new Map([
  ...DUE_KIND_NAMES.map(kind => [kind, STATION_OF_KIND[kind]] as const),
  ['meter', 'meters'],
  ['command', 'commands'],
  ['batch', 'queue'],
]);

/** Where on the path the case stands: by the kind of item that it is about. */
export function stationOfCase({ subject }: Pick<Case, 'subject'>): StationId {
  const [family = ''] = subject.pk.split('#', 1);
  const [member = ''] = subject.sk.split('#', 1);
  return STATION_OF_SUBJECT.get(family === 'account' ? member : family) ?? 'webhooks';
}

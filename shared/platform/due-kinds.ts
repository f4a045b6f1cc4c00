import { namesOf } from './names-of.ts';
import type { QueueName } from './work-queues.ts';

/**
 * Every kind of item that waits for a moment in the wake index: the first part of its sort key, and the queue that its
 * wake-ups go to. What works on them and the section of the runbook follow from the queue.
 */
export const DUE_KINDS = {
  /** A file of usage that was uploaded or dropped. */
  file: 'files',
  /** A range of such a file. */
  range: 'files',
  /** An account at its minute: what it used is rated and pushed to the meters. */
  account: 'rating',
  /** A subscriber line that Stripe does not bill yet as it should. */
  line: 'rating',
  /** A movement to a meter that is under way. */
  position: 'rating',
  /** A billing period that ended and is not closed. */
  period: 'rating',
  /** Voids whose records have not come. */
  voids: 'rating',
  /** An event at Stripe that could not be taken in yet. */
  event: 'stripe-events',
  /** An invoice whose bill is to be made, or whose payment status changed. */
  bill: 'bills',
  /** A long bill whose records are put together in files of their own. */
  annex: 'bills',
  /** The debt of an account. */
  dunning: 'dunning',
  /** A message to a subscriber. */
  message: 'notices',
  /** Commands of a line that the operator's network has not taken. */
  service: 'notices',
} as const satisfies Readonly<Record<string, QueueName>>;

export type DueKind = keyof typeof DUE_KINDS;

export const DUE_KIND_NAMES = namesOf(DUE_KINDS);

/** The queues that wake-ups go to. */
export type WakingQueue = (typeof DUE_KINDS)[DueKind];

export const WAKING_QUEUES: readonly WakingQueue[] = [...new Set(Object.values(DUE_KINDS))];

export type QueueUrlVariable<Q extends WakingQueue> = `${Uppercase<Underscored<Q>>}_QUEUE_URL`;

type Underscored<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}_${Underscored<Rest>}`
  : Name;

/** The environment variable in which a function that sends wake-ups finds the queue: `BILLS_QUEUE_URL`. */
export function queueUrlVariable<Q extends WakingQueue>(queue: Q): QueueUrlVariable<Q> {
  return URL_VARIABLES[queue];
}

const URL_VARIABLES: { readonly [Q in WakingQueue]: QueueUrlVariable<Q> } = {
  files: 'FILES_QUEUE_URL',
  rating: 'RATING_QUEUE_URL',
  'stripe-events': 'STRIPE_EVENTS_QUEUE_URL',
  bills: 'BILLS_QUEUE_URL',
  dunning: 'DUNNING_QUEUE_URL',
  notices: 'NOTICES_QUEUE_URL',
};

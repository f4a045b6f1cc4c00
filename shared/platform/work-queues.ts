import { namesOf } from './names-of.ts';

/**
 * The work queues of a stage. Each has one function that works on it; the runbook has a section for that function.
 * The stacks make them of this table, and dashboards, the deployment parameter and the console read it.
 */
export const WORK_QUEUES = {
  usage: { worker: 'usage-intake', carries: 'batches of posted usage' },
  files: {
    worker: 'usage-files',
    carries: 'notices of uploaded and dropped files, and wake-ups of what is read of them',
    // To look through 5 GB; still below the lease of a due item.
    seconds: 240,
  },
  // A million records of one account take minutes to be rated, and to be made a bill of.
  rating: { worker: 'rating', carries: 'wake-ups of accounts, lines, positions, periods and voids', seconds: 240 },
  'stripe-events': { worker: 'stripe-events', carries: 'events at Stripe, and wake-ups of those that had to wait' },
  bills: { worker: 'bill-render', carries: 'wake-ups of bills', seconds: 240 },
  dunning: { worker: 'dunning', carries: 'wake-ups of dunning cases' },
  notices: { worker: 'notices', carries: 'wake-ups of messages and of commands to the network' },
  'mail-feedback': { worker: 'mail-feedback', carries: 'reports of the mail service' },
} as const satisfies Readonly<
  Record<string, { readonly worker: string; readonly carries: string; readonly seconds?: number }>
>;

export type QueueName = keyof typeof WORK_QUEUES;

/** How long the function of a queue may run. */
export function secondsOf(name: QueueName): number {
  const queue = WORK_QUEUES[name];
  return 'seconds' in queue ? queue.seconds : 60;
}

export const QUEUE_NAMES = namesOf(WORK_QUEUES);

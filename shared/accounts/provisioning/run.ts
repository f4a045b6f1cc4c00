import * as z from 'zod';
import type { Lease } from '#shared/platform/lease.ts';
import type { Write } from '#shared/platform/table.ts';
import type { AccountServices } from '../account-services.ts';
import { accountKey } from '../records/account-item.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import { lineKey, type SubscriberLine } from '../records/subscriber-line.ts';
import type { ProvisioningActual } from './actual.ts';
import { type Attempt, identityOf, usesUp } from './attempt.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import { ProvisioningNotes } from './provisioning-notes.ts';

/** One look at the account, under its lease. */
export interface Run extends AccountServices {
  readonly lease: Lease;
}

/** What is known by now: the ledger as read and as written since, the provider as read and as it has answered since. */
export interface Progress {
  readonly facts: LedgerFacts;
  readonly actual: ProvisioningActual;
}

/** Writes down what was done for the account, `others` with it. @throws Throttled `busy` when the lease is lost */
export async function note(
  run: Run,
  progress: Progress,
  notes: ProvisioningNotes,
  ...others: readonly Write[]
): Promise<Progress> {
  const { facts } = progress;
  const update = { update: accountKey(facts.account.account), change: { set: z.encode(ProvisioningNotes, notes) } };
  await fencedWrite(run.ledger, run.lease, update, ...others);
  return { ...progress, facts: { ...facts, account: { ...facts.account, ...notes } } };
}

export function billedWrite({ account, line }: Pick<SubscriberLine, 'account' | 'line'>, billed: boolean): Write {
  return { update: lineKey(account, line), change: { set: { billed } } };
}

export function withBilled(progress: Progress, line: string, billed: boolean): Progress {
  const lines = progress.facts.lines.map(each => (each.line === line ? { ...each, billed } : each));
  return { ...progress, facts: { ...progress.facts, lines } };
}

interface Sending<A extends Attempt, T> {
  readonly attempt: A;
  /** The attempt as the ledger has it: an open one was written by an earlier run. */
  readonly written: Attempt | undefined;
  /** What the identity is made of, beside the attempt's number. */
  readonly subject: string;
  readonly write: (attempt: A) => Promise<unknown>;
  readonly call: (identity: string) => Promise<T>;
}

/** Sends under an identity that was written down before, and notes when it is used up (see `attempt.ts`). */
export async function sendOnce<A extends Attempt, T>(sending: Sending<A, T>): Promise<T> {
  const { attempt, written, subject, write, call } = sending;
  const isWritten = written?.number === attempt.number && !written.failed;
  if (!isWritten) await write(attempt);
  try {
    return await call(identityOf(subject, attempt));
  } catch (error) {
    if (usesUp(error)) await write({ ...attempt, failed: true });
    throw error;
  }
}

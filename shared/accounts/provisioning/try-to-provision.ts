import { backOff, wakesAt } from '#shared/platform/due.ts';
import { workOnDue } from '#shared/platform/due-work.ts';
import { Failure } from '#shared/platform/failure.ts';
import { MINUTE } from '#shared/platform/instant.ts';
import { type Lease, withLease } from '#shared/platform/lease.ts';
import { logFailure } from '#shared/platform/log.ts';
import type { Key } from '#shared/platform/table.ts';
import { linesOf } from '../account-book.ts';
import type { AccountServices } from '../account-services.ts';
import { ACCOUNT_LEASE, accountLeaseKey } from '../records/account-item.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import { lineKey, SubscriberLine } from '../records/subscriber-line.ts';
import { provision } from './provision.ts';
import { noteRefusals, refuseAccount } from './refuse.ts';

/**
 * Provisions the account as far as it can be done now. What the provider does not do now is not an error: the lines
 * that wait for it are tried again later, with back-off; what it refuses for good is a case.
 */
export async function tryToProvision(services: AccountServices, account: string, lease: Lease): Promise<void> {
  try {
    await noteRefusals(services, account, lease, await provision(services, account, lease));
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'busy') throw error;
    logFailure('lines wait for the provider', error);
    if (error.retryable) await reschedule(services, account, lease);
    else await refuseAccount(services, account, lease, error);
  }
}

/**
 * The due item `line`: what a request began and could not finish, or a first invoice that may be paid by now. An old
 * wake-up (the line waits for nothing, or for later) changes nothing.
 */
export async function finishLine(services: AccountServices, key: Key): Promise<void> {
  const { ledger: table, clock } = services;
  // What the provider refuses is rescheduled line by line.
  const rules = { troubleOf: () => undefined };
  await workOnDue({ table, clock }, { key, schema: SubscriberLine, rules }, async run => {
    const { line, account, lease } = run.item;
    const options = { owner: `due:${line}:${lease}`, clock, holdMs: ACCOUNT_LEASE };
    try {
      await withLease(table, accountLeaseKey(account), options, held => tryToProvision(services, account, held));
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'busy') throw error;
      await run.postpone(clock() + MINUTE);
    }
  });
}

/** Where none waits yet, one does from now on: what was begun is taken up again. */
async function reschedule({ ledger, clock }: AccountServices, account: string, lease: Lease): Promise<void> {
  const running = (await linesOf(ledger, account)).filter(({ state }) => state !== 'ended');
  const waiting = running.filter(({ wakeAt }) => wakeAt !== undefined);
  for (const line of waiting.length > 0 ? waiting : running.slice(0, 1)) {
    const failures = line.failures + 1;
    const key = lineKey(account, line.line);
    const change = { set: { failures, ...wakesAt(key, backOff(failures, clock())) } };
    await fencedWrite(ledger, lease, { update: key, change });
  }
}

import { wakesAt, wakeText } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import { linesOf } from '../account-book.ts';
import type { AccountServices } from '../account-services.ts';
import { ACCOUNT_LEASE, accountLeaseKey } from '../records/account-item.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import { lineKey, type SubscriberLine } from '../records/subscriber-line.ts';

interface WakeLinesDependencies {
  readonly account: string;
  /** Who asks: the same asker, coming again after a crash, need not wait for its own lease. */
  readonly asker: string;
  /** Which of the account's lines. One that is about to be looked at in any case is left alone. */
  readonly which: (line: SubscriberLine) => boolean;
}

/** A request is through with its account sooner than that. */
const PATIENCE = 10_000;

/** A line of which the first invoice is unpaid, or that a request could not bring to the provider. */
export function isPending(line: SubscriberLine): boolean {
  return line.state === 'pending' && line.wakeAt !== undefined;
}

/**
 * Has lines looked at now instead of at their next moment (due item `line`), because something changed at the
 * provider. Returns how many.
 *
 *     A  looks at the line: no payment method ────────────────────────▶ asleep for an hour   (under the account's lease)
 *     B  a card was added ──▶ waits for the lease ──────────────────────────────────────▶ awake now
 *
 * Without the lease A would put the line to sleep over B's wake-up.
 * @throws Throttled `busy` when another works on the account for too long
 */
export async function wakeLines(
  services: Pick<AccountServices, 'ledger' | 'clock'>,
  { account, asker, which }: WakeLinesDependencies,
): Promise<number> {
  const { ledger, clock } = services;
  // Most events find nothing that sleeps, and need no lease to see it: a line that falls asleep later has seen them.
  if (!(await linesOf(ledger, account)).some(which)) return 0;
  const lease = { owner: asker, clock, holdMs: ACCOUNT_LEASE, patienceMs: PATIENCE };
  return withLease(ledger, accountLeaseKey(account), lease, async held => {
    const lines = (await linesOf(ledger, account)).filter(line => which(line) && !comesAnyway(line, clock()));
    for (const line of lines) {
      const key = lineKey(account, line.line);
      await fencedWrite(ledger, held, { update: key, change: { set: wakesAt(key, clock()) } });
    }
    return lines.length;
  });
}

function comesAnyway({ dueSince, wakeAt }: SubscriberLine, now: Instant): boolean {
  return dueSince !== undefined || (wakeAt !== undefined && wakeAt <= wakeText(now));
}

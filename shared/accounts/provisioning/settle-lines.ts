import { ASLEEP, wakesAt } from '#shared/platform/due.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { HOUR, printInstant } from '#shared/platform/instant.ts';
import type { Lease } from '#shared/platform/lease.ts';
import type { Change, Write } from '#shared/platform/table.ts';
import type { AccountServices } from '../account-services.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import { lineKey, type SubscriberLine } from '../records/subscriber-line.ts';
import type { Subscription } from './billing-provider.ts';

/** How often an unpaid first invoice is looked at again. */
const LOOK_AGAIN = HOUR;

/**
 * The lines' states as the subscription has them. A line that is billed by a live subscription waits for nothing; one
 * whose first invoice is unpaid is looked at every hour; an ended subscription is for a person to look at.
 */
export async function settleLines(
  services: AccountServices,
  lines: readonly SubscriberLine[],
  subscription: Subscription,
  lease: Lease,
): Promise<void> {
  const changed = lines.flatMap(line => {
    const change = settled(services, line, subscription);
    return change === undefined ? [] : [{ line, change }];
  });
  for (const [place, { line, change }] of changed.entries()) {
    const update = { update: lineKey(line.account, line.line), change };
    const names = changed.map(each => each.line.line);
    const opened = place === 0 ? caseOf(services, line, names, subscription) : [];
    await fencedWrite(services.ledger, lease, update, ...opened);
  }
}

/** One for all lines, opened with the write that puts the first of them to sleep, so once. */
function caseOf(
  services: AccountServices,
  line: SubscriberLine,
  lines: readonly string[],
  { id, status, period }: Subscription,
): Write[] {
  if (status !== 'ended') return [];
  const incident = {
    code: 'subscription-ended' as const,
    subject: lineKey(line.account, line.line),
    openedAt: services.clock(),
    detail: {
      subscription: id,
      lines: lines.join(', '),
      usage: 'counted, and on no invoice unless Stripe makes a last one',
      unbilledFrom: printInstant(period.start),
    },
  };
  return [{ put: incidentItem(incident) }];
}

function settled(services: AccountServices, line: SubscriberLine, subscription: Subscription): Change | undefined {
  if (line.state === 'ended') return undefined;
  // A suspended line is billed as before: only that nothing bills it any more changes its state.
  if (line.state === 'suspended' && subscription.status !== 'ended') {
    return line.wakeAt === undefined ? undefined : { set: { failures: 0, ...ASLEEP } };
  }
  switch (subscription.status) {
    case 'live':
      if (line.state === 'active' && line.wakeAt === undefined) return undefined;
      return { set: { state: 'active', waitsFor: undefined, failures: 0, ...ASLEEP } };
    case 'unpaid':
    case 'expired': {
      const nextLook = wakesAt(lineKey(line.account, line.line), services.clock() + LOOK_AGAIN);
      return { set: { state: 'pending', waitsFor: 'first-payment', failures: 0, ...nextLook } };
    }
    case 'ended':
      if (line.state === 'pending' && line.wakeAt === undefined) return undefined;
      return { set: { state: 'pending', waitsFor: 'subscription-ended', failures: 0, ...ASLEEP } };
    default:
      return subscription.status satisfies never;
  }
}

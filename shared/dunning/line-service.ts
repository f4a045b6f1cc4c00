import { linesOf } from '#shared/accounts/account-book.ts';
import { lineKey, type SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { orderCommand, type ServiceAction } from '#shared/messages/order/service-command.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Table, Write } from '#shared/platform/table.ts';

/** A change of service for all lines of an account; the cause tells it apart from every other one. */
export interface ServiceChange {
  readonly account: string;
  readonly action: ServiceAction;
  /** `<case>:<step>`. */
  readonly cause: string;
}

/**
 * The writes of a change of service, line by line: those that were made before are left out, so that a run that broke
 * off goes on where it stood. A restriction touches lines that are in service, or restricted by dunning already; giving
 * back touches only what dunning restricted. Lines that a person suspended stay as they are.
 */
export async function serviceWrites(table: Table, change: ServiceChange, now: Instant): Promise<Write[][]> {
  const lines = await linesOf(table, change.account);
  return lines.flatMap(line => {
    const writes = change.action === 'restore' ? restoring(line, change, now) : restricting(line, change, now);
    return writes.length === 0 ? [] : [writes];
  });
}

function restricting(line: SubscriberLine, { account, action, cause }: ServiceChange, now: Instant): Write[] {
  const isOurs = line.state === 'suspended' && line.restrictedBy !== undefined;
  if (line.restrictedBy === cause || !(line.state === 'active' || isOurs)) return [];
  const state = action === 'suspend' ? 'suspended' : line.state;
  return [
    { update: lineKey(account, line.line), change: { set: { restrictedBy: cause, state } } },
    ...orderCommand({ account, line: line.line, action, cause }, now),
  ];
}

function restoring(line: SubscriberLine, { account, action, cause }: ServiceChange, now: Instant): Write[] {
  if (line.restrictedBy === undefined) return [];
  const state = line.state === 'suspended' ? 'active' : line.state;
  const update = { update: lineKey(account, line.line), change: { set: { restrictedBy: undefined, state } } };
  if (line.state === 'ended') return [update];
  return [update, ...orderCommand({ account, line: line.line, action, cause }, now)];
}

import { backOff, wakesAt } from '#shared/platform/due.ts';
import type { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { Condition, Write } from '#shared/platform/table.ts';
import type { MessageDependencies } from './message-dependencies.ts';
import { type MessageItem, type MessageState, messageKey } from './order/message.ts';
import { openingOf } from './order/next-opening.ts';

/** A message that could not be handed over for so long is shown to a person. */
const LONG = DAY;

interface Later {
  readonly state: MessageState;
  /** When it is looked at again; left out: with back-off. Outside of the message's hours: when they begin again. */
  readonly at?: Instant;
  readonly condition: Condition;
}

/**
 * The message did not go, or nobody knows, and is looked at later: what passes by itself with back-off, and with a case
 * after a day; what a person has to change with a case at once, and every day.
 */
export async function rescheduleMessage(
  { table, clock }: Pick<MessageDependencies, 'table' | 'clock'>,
  item: MessageItem,
  failure: Failure,
  later: Later,
): Promise<void> {
  const now = clock();
  const key = messageKey(item.account, item.id);
  const failures = item.failures + 1;
  const again = openingOf(item.hours, later.at ?? (failure.retryable ? backOff(failures, now) : now + DAY));
  const code = failure.retryable ? (now - item.at < LONG ? undefined : 'message-waits') : failure.code;
  const set = { state: later.state, failures, caseOpen: code ?? item.caseOpen, ...wakesAt(key, again) };
  const update = { update: key, change: { set }, condition: later.condition };
  const detail = { channel: item.channel, template: item.content.template, failure: failure.code };
  const opened: Write[] =
    code === undefined || code === item.caseOpen
      ? []
      : [{ put: incidentItem({ code, subject: key, openedAt: now, detail }) }];
  await table.transact([update, ...opened]);
}

import { backOff } from '#shared/platform/due.ts';
import type { DueRun, FailureRules } from '#shared/platform/due-work.ts';
import type { Failure } from '#shared/platform/failure.ts';
import { incidentCodeOf } from '#shared/platform/incident-codes.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { MessageItem, MessageState } from './order/message.ts';
import { openingOf } from './order/next-opening.ts';

/** How long a message may wait for what passes by itself before an incident is opened. */
const WAITS_AT_MOST = DAY;

/**
 * A message that did not go comes again inside its hours: with back-off, and with an incident after a day, where it
 * passes by itself; with an incident at once, and every day, where a person has to change something.
 */
export const MESSAGE_RULES = {
  troubleOf: (failure, { at, channel, content }, now) => {
    if (failure.retryable && now - at < WAITS_AT_MOST) return undefined;
    const detail = { channel, template: content.template, failure: failure.code };
    return { code: failure.retryable ? 'message-waits' : incidentCodeOf(failure.code, 'message-waits'), detail };
  },
  retryAt: (failure, { hours, failures }, now) =>
    openingOf(hours, failure.retryable ? backOff(failures + 1, now) : now + DAY),
} satisfies FailureRules<MessageItem>;

interface Later {
  readonly state: MessageState;
  /** When it is looked at again; left out: as the rules say. Outside of the message's hours: when they begin again. */
  readonly at?: Instant;
}

/** The message did not go, or its end is not known, and is looked at later in another state. */
export function rescheduleMessage(
  run: DueRun<MessageItem>,
  failure: Failure,
  { state, at }: Later,
  now: Instant,
): Promise<void> {
  const { item } = run;
  const retryAt = at === undefined ? MESSAGE_RULES.retryAt(failure, item, now) : openingOf(item.hours, at);
  return run.putOff({ set: { state }, trouble: MESSAGE_RULES.troubleOf(failure, item, now) }, retryAt);
}

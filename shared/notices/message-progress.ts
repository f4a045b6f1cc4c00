import type { Instant } from '#shared/platform/instant.ts';
import type { MailEvent } from './mail-report.ts';
import type { MessageItem, MessageState } from './message.ts';

/** What a report changes of a message. `undefined` takes a moment away. */
export interface Progress {
  readonly state: MessageState;
  readonly sentAt?: Instant | undefined;
  readonly deliveredAt?: Instant | undefined;
  readonly openedAt?: Instant | undefined;
}

/** States go forward in this order only: reports come late, twice, and in any order. */
const ORDER: Readonly<Record<MessageState, number>> = {
  queued: 0,
  sending: 1,
  unknown: 1,
  sent: 2,
  delivered: 3,
  bounced: 4,
  opened: 5,
  complained: 6,
};

type Seen = Pick<MessageItem, 'state' | 'sentAt' | 'deliveredAt' | 'openedAt'>;

/**
 * The message after a report; `undefined`: it says nothing new. Whoever opened a mail or complained of it has got it. A
 * mail that came back after all did not arrive; where its address is good, what came back may be an absence note.
 */
export function progressOf(message: Seen, event: MailEvent, at: Instant): Progress | undefined {
  if (ORDER[event.type] <= ORDER[message.state]) return undefined;
  const sentAt = message.sentAt ?? at;
  switch (event.type) {
    case 'sent':
      return { state: 'sent', sentAt };
    case 'delivered':
      return { state: 'delivered', sentAt, deliveredAt: at };
    case 'opened':
      return { state: 'opened', sentAt, deliveredAt: message.deliveredAt ?? at, openedAt: at };
    case 'complained':
      return { state: 'complained', sentAt, deliveredAt: message.deliveredAt ?? at, openedAt: message.openedAt };
    case 'bounced':
      if (message.state === 'delivered' && !event.final) return undefined;
      return { state: 'bounced', sentAt, deliveredAt: undefined };
    default:
      return event satisfies never;
  }
}

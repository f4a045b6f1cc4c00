import type { Instant } from '#shared/platform/instant.ts';
import type { MailEvent } from '../mail/mail-report.ts';
import type { MessageItem, MessageState } from './message.ts';

/** What a report changes of a message. `undefined` takes a moment away. */
export interface Progress {
  readonly state: MessageState;
  readonly sentAt?: Instant | undefined;
  readonly deliveredAt?: Instant | undefined;
  readonly openedAt?: Instant | undefined;
  /** Of `bounced`; `undefined` with any other state. */
  readonly bounceFinal?: boolean | undefined;
}

/**
 * States go forward in this order only: reports come late, twice, and in any order, and the highest one decides. A
 * bounce that is not final stands below the delivery: it may be an absence note, which proves that the address is good.
 */
const ORDER: Readonly<Record<Exclude<MessageState, 'bounced'> | 'came back' | 'came back for good', number>> = {
  queued: 0,
  sending: 1,
  unknown: 1,
  sent: 2,
  'came back': 3,
  delivered: 4,
  'came back for good': 5,
  opened: 6,
  complained: 7,
};

type Seen = Pick<MessageItem, 'state' | 'sentAt' | 'deliveredAt' | 'openedAt' | 'bounceFinal'>;

/**
 * The message after a report; `undefined`: it says nothing new. A mail that was opened or complained of has arrived. A
 * mail that came back after all did not arrive.
 */
export function progressOf(message: Seen, event: MailEvent, at: Instant): Progress | undefined {
  const bounceFinal = event.type === 'bounced' ? event.final : undefined;
  if (placeOf(event.type, bounceFinal) <= placeOf(message.state, message.bounceFinal)) return undefined;
  return { ...momentsOf(message, event, at), bounceFinal };
}

function placeOf(state: MessageState, bounceFinal: boolean | undefined): number {
  if (state !== 'bounced') return ORDER[state];
  return ORDER[bounceFinal === false ? 'came back' : 'came back for good'];
}

function momentsOf(message: Seen, event: MailEvent, at: Instant): Progress {
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
      return { state: 'bounced', sentAt, deliveredAt: undefined };
    default:
      return event satisfies never;
  }
}

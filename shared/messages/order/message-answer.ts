import { printInstant } from '#shared/platform/instant.ts';
import type { MessageItem, MessageState } from './message.ts';

/** The state as the API shows it: a message of which it is not known yet whether it went still waits. */
const SHOWN: Readonly<Record<MessageState, string>> = {
  queued: 'queued',
  sending: 'queued',
  unknown: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  bounced: 'bounced',
  opened: 'opened',
  complained: 'complained',
};

/** An item of `GET /v1/accounts/{a}/messages` (contract section 8). `null`: not known yet, or not of dunning. `withdrawnAt` only where it is. */
export function messageAnswer(item: MessageItem) {
  return {
    id: item.id,
    at: printInstant(item.at),
    channel: item.channel,
    template: item.content.template,
    locale: item.locale,
    to: item.to ?? null,
    state: SHOWN[item.state],
    subject: item.subject ?? null,
    case: item.case ?? null,
    step: item.step ?? null,
    ...(item.withdrawnAt !== undefined && { withdrawnAt: printInstant(item.withdrawnAt) }),
  };
}

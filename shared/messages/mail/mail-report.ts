import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { idOfTag } from './mail-tags.ts';

/** What the mail service reports of one mail of ours. */
export interface MailReport {
  readonly account: string;
  readonly message: string;
  /** The service's id of it. */
  readonly transport: string;
  readonly event: MailEvent;
  readonly at: Instant;
}

export type MailEvent =
  | { readonly type: 'sent' | 'delivered' | 'opened' | 'complained' }
  /** `final`: the address takes no mail; else it did not take this one, or answered by itself. `reason` in the service's words. */
  | { readonly type: 'bounced'; readonly final: boolean; readonly reason: string };

const Tag = z.tuple([z.string()], z.string()).transform(([first]) => idOfTag(first));
const Timed = z.object({ timestamp: StoredInstant });

const MailPart = z.object({
  messageId: z.string(),
  timestamp: StoredInstant,
  tags: z.object({ account: Tag, message: Tag }),
});

/** An event that SES publishes. Of its many fields only these are read, and none of its addresses. */
const SesEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Send'), mail: MailPart }),
  z.object({ eventType: z.literal('Delivery'), mail: MailPart, delivery: Timed }),
  z.object({ eventType: z.literal('Open'), mail: MailPart, open: Timed }),
  z.object({
    eventType: z.literal('Complaint'),
    mail: MailPart,
    complaint: Timed.extend({ complaintSubType: z.string().nullish() }),
  }),
  z.object({
    eventType: z.literal('Bounce'),
    mail: MailPart,
    bounce: Timed.extend({ bounceType: z.string(), bounceSubType: z.string().default('') }),
  }),
  z.object({ eventType: z.literal('Reject'), mail: MailPart, reject: z.object({ reason: z.string().default('') }) }),
]);

/**
 * The service took the mail and sent nothing, because this address complained of an earlier one.
 * Source: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Complaint.html
 */
const SUPPRESSED = 'OnAccountSuppressionList';

/** `undefined`: nothing that is known here, or about a mail that is not ours. */
export function readMailReport(published: unknown): MailReport | undefined {
  const parsed = SesEvent.safeParse(published);
  if (!parsed.success) return undefined;
  const { messageId, tags } = parsed.data.mail;
  return { ...tags, transport: messageId, ...eventOf(parsed.data) };
}

function eventOf(event: z.output<typeof SesEvent>): Pick<MailReport, 'event' | 'at'> {
  switch (event.eventType) {
    case 'Send':
      return { event: { type: 'sent' }, at: event.mail.timestamp };
    case 'Delivery':
      return { event: { type: 'delivered' }, at: event.delivery.timestamp };
    case 'Open':
      return { event: { type: 'opened' }, at: event.open.timestamp };
    case 'Complaint': {
      const { complaintSubType, timestamp } = event.complaint;
      if (complaintSubType !== SUPPRESSED) return { event: { type: 'complained' }, at: timestamp };
      return { event: { type: 'bounced', final: true, reason: `Complaint/${SUPPRESSED}` }, at: timestamp };
    }
    case 'Bounce': {
      const { bounceType, bounceSubType, timestamp } = event.bounce;
      const reason = `${bounceType}/${bounceSubType}`;
      return { event: { type: 'bounced', final: bounceType === 'Permanent', reason }, at: timestamp };
    }
    case 'Reject':
      return { event: { type: 'bounced', final: true, reason: 'Rejected' }, at: event.mail.timestamp };
    default:
      return event satisfies never;
  }
}

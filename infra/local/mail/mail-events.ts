import { randomUUID } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';
import { ACCOUNT } from '../template/deployment.ts';
import type { Sending } from './raw-message.ts';

const REMOTE_MTA = 'a8-50.smtp-out.amazonses.com';

export interface MailEvent {
  readonly eventType: 'Send' | 'Delivery' | 'Bounce' | 'Complaint';
  readonly [part: string]: unknown;
}

/** What becomes of a mail at one address; the mailbox simulator's addresses, with or without `+label`, decide it. */
type Fate = 'delivered' | 'bounced' | 'complained';
const SIMULATED = new Map<string, Fate>([
  ['bounce', 'bounced'],
  ['suppressionlist', 'bounced'],
  ['complaint', 'complained'],
]);

function fateOf(address: string): Fate {
  const [, mailbox = ''] = /^([^@+]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return SIMULATED.get(mailbox.toLowerCase()) ?? 'delivered';
}

/**
 * The events that SES publishes about a mail, in order: it was sent, and it arrived or came back at once. Who complains
 * has got it first. Shapes: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function eventsOf(
  sending: Sending,
  messageId: string,
  subject: string,
  now: Instant,
  region: string,
): MailEvent[] {
  const timestamp = new Date(now).toISOString();
  const mail = mailPart(sending, { messageId, subject, timestamp, region });
  const withFate = (...fates: Fate[]) => sending.recipients.filter(address => fates.includes(fateOf(address)));
  const [arrived, bounced, complained] = [
    withFate('delivered', 'complained'),
    withFate('bounced'),
    withFate('complained'),
  ];
  const events: MailEvent[] = [{ eventType: 'Send', mail, send: {} }];
  if (arrived.length > 0) {
    const smtpResponse = '250 2.6.0 Message received';
    const delivery = {
      timestamp,
      processingTimeMillis: 0,
      recipients: arrived,
      smtpResponse,
      reportingMTA: REMOTE_MTA,
    };
    events.push({ eventType: 'Delivery', mail, delivery });
  }
  if (bounced.length > 0) {
    const bounce = { feedbackId: randomUUID(), bounceType: 'Permanent', bounceSubType: 'General' };
    const bouncedRecipients = bounced.map(emailAddress => ({
      emailAddress,
      action: 'failed',
      status: '5.1.1',
      diagnosticCode: 'smtp; 550 5.1.1 user unknown',
    }));
    const reportingMTA = `dns; ${REMOTE_MTA}`;
    events.push({ eventType: 'Bounce', mail, bounce: { ...bounce, bouncedRecipients, timestamp, reportingMTA } });
  }
  if (complained.length > 0) {
    const complainedRecipients = complained.map(emailAddress => ({ emailAddress }));
    const feedback = { feedbackId: randomUUID(), complaintSubType: null, complaintFeedbackType: 'abuse' };
    const complaint = { ...feedback, complainedRecipients, timestamp, arrivalDate: timestamp };
    events.push({ eventType: 'Complaint', mail, complaint });
  }
  return events;
}

function mailPart(
  { headers, from = '', recipients, configurationSet, tags }: Sending,
  about: { messageId: string; subject: string; timestamp: string; region: string },
): object {
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const [address = ''] = /[^\s<>]+@[^\s<>]+/.exec(from) ?? [];
  const domain = address.split('@').at(-1) ?? '';
  const own: Record<string, string[]> = {};
  for (const { name, value } of tags) own[name] = [...(own[name] ?? []), value];
  return {
    timestamp: about.timestamp,
    source: from,
    sourceArn: `arn:aws:ses:${about.region}:${ACCOUNT}:identity/${domain}`,
    sendingAccountId: ACCOUNT,
    messageId: about.messageId,
    destination: recipients,
    headersTruncated: false,
    headers: headers.filter(({ name }) => !/^x-ses-|^bcc$/i.test(name)),
    commonHeaders: {
      from: [from],
      ...(header('date') !== undefined && { date: header('date') }),
      to: [header('to') ?? ''],
      messageId: about.messageId,
      subject: about.subject,
    },
    tags: {
      ...(configurationSet !== undefined && { 'ses:configuration-set': [configurationSet] }),
      'ses:operation': ['SendRawEmail'],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domain],
      'ses:caller-identity': ['local'],
      ...own,
    },
  };
}

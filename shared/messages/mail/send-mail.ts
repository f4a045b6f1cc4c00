import * as z from 'zod';
import { ASLEEP, underLease } from '#shared/platform/due.ts';
import { Failure, Throttled, UpstreamUnknown } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import { shardOf } from '#shared/platform/shard.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Condition } from '#shared/platform/table.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { type MessageItem, messageKey } from '../order/message.ts';
import { rescheduleMessage } from '../reschedule-message.ts';
import { type ComposedMessage, composeMessage } from '../wording/compose-message.ts';
import { messageMail } from '../wording/html/message-mail.tsx';
import { messageText, plainSpaces } from '../wording/plain-text.ts';
import { ADDRESS_REFUSED, type OutgoingMail } from './mailer.ts';
import { parseMailFrom } from './sender.ts';

// The mail service knows no identities: what is sent twice arrives twice. So each attempt is written down before, and
// one whose end nobody saw waits for what the service reports of it. Attempt n, for a message in state queued:
//
//   sender    state sending, attempts n, attemptedAt T   if lease is held and attempts = n - 1 ──▶ one sender wins
//             ──▶ mail service ──▶ taken: state sent, asleep          if attempts = n and state is sending or unknown
//                              ──▶ refused, surely not gone: queued, later (or bounced)                    if the same
//                              ──▶ silence: unknown, wakes at T + 30 min                                    if the same
//             dies after its first write: poked again after 5 min, sees sending ──▶ unknown, wakes at T + 30 min
//   feedback  it went, arrived, came back, was opened: that state, asleep              (`note-feedback.ts`, at any time)
//   waking    still unknown at T + 30 min: nothing was reported, so nothing went ──▶ attempt n + 1
//
// - The service reports within seconds that it took a mail; 30 min without it mean that it never got it.
// - A second sender of the same lease (doubled wake-up) fails at the first write, or sees `sending` and makes it unknown;
//   the first one's end is written all the same, because it asks for the attempt and not for the lease.

const REPORTED_AFTER = 30 * MINUTE;
const UNSEEN = new UpstreamUnknown('end-unseen', 'How the attempt ended is not known.');

/** The last attempt may have gone, and may still be reported. */
export function waitsForReport({ state, attemptedAt }: MessageItem, now: Instant): boolean {
  return state !== 'queued' && attemptedAt !== undefined && now < attemptedAt + REPORTED_AFTER;
}

/** One run for a mail whose lease is held. An attempt under way is waited for, never repeated at once. */
export async function sendMail(services: MessageDependencies, item: MessageItem): Promise<void> {
  if (waitsForReport(item, services.clock())) return waitForReport(services, item, UNSEEN, underLease(item));
  const outcome = await composing(services, item);
  if (outcome instanceof Failure) {
    return rescheduleMessage(services, item, outcome, { state: item.state, condition: underLease(item) });
  }
  const attempt = await writeAttempt(services, item, outcome);
  if (attempt === undefined) return;
  try {
    await noteSent(services, attempt, await services.mailer.send(mailOf(services, item, outcome)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await noteFailure(services, attempt, error);
  }
}

/** What cannot be said now is no attempt: nothing has gone. */
async function composing(services: MessageDependencies, item: MessageItem): Promise<ComposedMessage | Failure> {
  try {
    return await composeMessage(services, item);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** `undefined`: another sender is at it, or the message has changed meanwhile. */
async function writeAttempt(
  services: MessageDependencies,
  item: MessageItem,
  composed: ComposedMessage,
): Promise<MessageItem | undefined> {
  const now = services.clock();
  const attempts = item.attempts + 1;
  const subject = plainSpaces(composed.view.subject);
  const { expression, names, values } = underLease(item);
  const first = {
    expression: `${expression} AND attempts = :attempts AND #state IN (:queued, :sending, :unknown)`,
    names: { ...names, '#state': 'state' },
    values: {
      ...values,
      ':attempts': item.attempts,
      ':queued': 'queued',
      ':sending': 'sending',
      ':unknown': 'unknown',
    },
  };
  const set = {
    state: 'sending',
    attempts,
    attemptedAt: z.encode(StoredInstant, now),
    to: composed.to,
    subject,
  };
  const written = await services.table.update(messageKey(item.account, item.id), { set }, first);
  return written ? { ...item, state: 'sending', attempts, attemptedAt: now } : undefined;
}

function mailOf(services: MessageDependencies, item: MessageItem, { to, view }: ComposedMessage): OutgoingMail {
  const { address } = parseMailFrom(services.mailFrom);
  return {
    account: item.account,
    message: item.id,
    from: { name: view.sender.name, address },
    replyTo: view.sender.contacts.mail,
    to,
    subject: plainSpaces(view.subject),
    html: messageMail(view),
    text: messageText(view),
    at: services.clock(),
  };
}

/** The attempt has no end yet; whoever holds the lease now does not matter. */
function ofAttempt({ attempts }: MessageItem): Condition {
  return {
    expression: 'attempts = :attempts AND #state IN (:sending, :unknown)',
    names: { '#state': 'state' },
    values: { ':attempts': attempts, ':sending': 'sending', ':unknown': 'unknown' },
  };
}

async function noteSent({ table, clock }: MessageDependencies, attempt: MessageItem, transport: string): Promise<void> {
  const sentAt = z.encode(StoredInstant, clock());
  const set = { state: 'sent', sentAt, transport, failures: 0, caseOpen: undefined, ...ASLEEP };
  await table.update(messageKey(attempt.account, attempt.id), { set }, ofAttempt(attempt));
}

function noteFailure(services: MessageDependencies, attempt: MessageItem, failure: Failure): Promise<void> {
  const condition = ofAttempt(attempt);
  if (failure instanceof UpstreamUnknown) return waitForReport(services, attempt, failure, condition);
  if (failure.code === ADDRESS_REFUSED) return noteRefused(services, attempt);
  const turn = failure instanceof Throttled ? { at: services.clock() + turnOf(attempt) } : {};
  return rescheduleMessage(services, attempt, failure, { state: 'queued', condition, ...turn });
}

const TURNS = 10;

/**
 * The service takes so many mails a second, and on the day of most bills there are more. With back-off most of them
 * would meet again every hour, when all but a few are refused again; spread over ten minutes they get through in turn.
 */
function turnOf({ id, account, attempts }: MessageItem): number {
  return MINUTE * (1 + shardOf(`${account}/${id}`, TURNS, String(attempts)));
}

function waitForReport(
  services: MessageDependencies,
  item: MessageItem,
  failure: Failure,
  condition: Condition,
): Promise<void> {
  const at = (item.attemptedAt ?? services.clock()) + REPORTED_AFTER;
  return rescheduleMessage(services, item, failure, { state: 'unknown', at, condition });
}

/** The address can get no mail, now or later: as good as come back. */
async function noteRefused({ table, clock }: MessageDependencies, attempt: MessageItem): Promise<void> {
  const key = messageKey(attempt.account, attempt.id);
  const detail = { template: attempt.content.template };
  const set = { state: 'bounced', bounceFinal: true, caseOpen: ADDRESS_REFUSED, ...ASLEEP };
  await table.transact([
    { update: key, change: { set }, condition: ofAttempt(attempt) },
    { put: incidentItem({ code: ADDRESS_REFUSED, subject: key, openedAt: clock(), detail }) },
  ]);
}

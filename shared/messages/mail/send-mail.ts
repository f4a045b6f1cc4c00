import * as z from 'zod';
import { DueRun } from '#shared/platform/due-work.ts';
import { Failure, Throttled, UpstreamUnknown } from '#shared/platform/failure.ts';
import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import { shardOf } from '#shared/platform/shard.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Condition } from '#shared/platform/table.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import type { MessageItem } from '../order/message.ts';
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

/**
 * One run for a mail. An attempt under way is waited for, never repeated at once.
 * @throws Failure: it cannot be composed now, so nothing has gone and there was no attempt
 */
export async function sendMail(services: MessageDependencies, run: DueRun<MessageItem>): Promise<void> {
  if (waitsForReport(run.item, services.clock())) return waitForReport(services, run, UNSEEN);
  const composed = await composeMessage(services, run.item);
  const attempt = await writeAttempt(services, run, composed);
  try {
    const transport = await services.mailer.send(mailOf(services, run.item, composed));
    await attempt.finish({ set: { state: 'sent', sentAt: z.encode(StoredInstant, services.clock()), transport } });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await noteFailure(services, attempt, error);
  }
}

/** @throws LeaseLost: another sender is at it, or the message has changed meanwhile */
async function writeAttempt(
  services: MessageDependencies,
  { key, item, condition: { expression, names, values } }: DueRun<MessageItem>,
  composed: ComposedMessage,
): Promise<DueRun<MessageItem>> {
  const now = services.clock();
  const attempts = item.attempts + 1;
  const subject = plainSpaces(composed.view.subject);
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
  await new DueRun(services, key, item, first).note({ set });
  const attempt = { ...item, state: 'sending', attempts, attemptedAt: now } as const;
  return new DueRun(services, key, attempt, ofAttempt(attempt));
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

/** The attempt has no outcome yet; who holds the lease now does not matter. */
function ofAttempt({ attempts }: MessageItem): Condition {
  return {
    expression: 'attempts = :attempts AND #state IN (:sending, :unknown)',
    names: { '#state': 'state' },
    values: { ':attempts': attempts, ':sending': 'sending', ':unknown': 'unknown' },
  };
}

function noteFailure(services: MessageDependencies, attempt: DueRun<MessageItem>, failure: Failure): Promise<void> {
  if (failure instanceof UpstreamUnknown) return waitForReport(services, attempt, failure);
  if (failure.code === ADDRESS_REFUSED) return noteRefused(attempt);
  const now = services.clock();
  const turn = failure instanceof Throttled ? { at: now + turnOf(attempt.item) } : {};
  return rescheduleMessage(attempt, failure, { state: 'queued', ...turn }, now);
}

const TURNS = 10;

/**
 * The service takes so many mails a second, and on the day of most bills there are more. With back-off most of them
 * would meet again every hour, when all but a few are refused again; spread over ten minutes they get through in turn.
 */
function turnOf({ id, account, attempts }: MessageItem): number {
  return MINUTE * (1 + shardOf(`${account}/${id}`, TURNS, String(attempts)));
}

function waitForReport({ clock }: MessageDependencies, run: DueRun<MessageItem>, failure: Failure): Promise<void> {
  const now = clock();
  const at = (run.item.attemptedAt ?? now) + REPORTED_AFTER;
  return rescheduleMessage(run, failure, { state: 'unknown', at }, now);
}

/** The address can get no mail, now or later: as good as come back. */
function noteRefused(attempt: DueRun<MessageItem>): Promise<void> {
  const detail = { template: attempt.item.content.template };
  const trouble = { code: ADDRESS_REFUSED, detail };
  return attempt.finish({ set: { state: 'bounced', bounceFinal: true }, trouble });
}

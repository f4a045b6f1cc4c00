import * as z from 'zod';
import { CHANNELS } from '#shared/contact/channels.ts';
import { type DueRun, workOnDue } from '#shared/platform/due-work.ts';
import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import { sendMail, waitsForReport } from './mail/send-mail.ts';
import type { MessageDependencies } from './message-dependencies.ts';
import { handOver } from './operator/hand-over.ts';
import { MessageItem } from './order/message.ts';
import { openingOf } from './order/next-opening.ts';
import { MESSAGE_RULES } from './reschedule-message.ts';

// What is to go out, again or for the first time, is asked first whether it still says what is so:
//
//   due ──▶ an attempt that SES may still report: waited for (`send-mail.ts`)
//       ──▶ a code that is over, or a debt whose case is closed: withdrawn, asleep, state as it was
//       ──▶ outside of the policy's window: waits for the next opening
//       ──▶ sent

/** Handles a wake-up of kind `message`. An old or doubled wake-up changes nothing. */
export async function sendMessage(services: MessageDependencies, key: Key): Promise<void> {
  await workOnDue(services, { key, schema: MessageItem, rules: MESSAGE_RULES }, run => work(services, run));
}

async function work(services: MessageDependencies, run: DueRun<MessageItem>): Promise<void> {
  const { item } = run;
  const now = services.clock();
  if (!waitsForReport(item, now)) {
    if (!(await isOfUse(services, item, now))) {
      return run.finish({ set: { withdrawnAt: z.encode(StoredInstant, now) } });
    }
    const opens = openingOf(item.hours, now);
    if (opens > now) return run.postpone(opens);
  }
  return CHANNELS[item.channel].carrier === 'mail-service' ? sendMail(services, run) : handOver(services, run);
}

async function isOfUse({ isCaseOpen }: MessageDependencies, item: MessageItem, now: Instant): Promise<boolean> {
  const { content, account, at } = item;
  if (content.template === 'code') return now < at + content.minutes * MINUTE;
  // Thanks are for a case that is closed.
  if (item.case === undefined || content.template === 'thanks') return true;
  return isCaseOpen(account, item.case);
}

import * as z from 'zod';
import { DueRun, LeaseLost } from '#shared/platform/due-work.ts';
import { Throttled } from '#shared/platform/failure.ts';
import type { Clock } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Condition, Table } from '#shared/platform/table.ts';
import { MessageItem, messageKey } from '../order/message.ts';
import { type Progress, progressOf } from '../order/message-progress.ts';
import { readMailReport } from './mail-report.ts';

export interface Feedback {
  readonly table: Table;
  readonly clock: Clock;
  readonly count: (metric: 'FeedbackUnknown' | 'FeedbackLate') => void;
}

const ATTEMPTS = 5;

/**
 * What became of a mail, as its message says from now on. It may come before the sender has written that the mail went:
 * then this is how the sender's end is known, and nothing is sent again (`send-mail.ts`).
 * @param published the event as the mail service publishes it
 */
export async function noteFeedback(services: Feedback, published: unknown): Promise<void> {
  const { table, clock, count } = services;
  const report = readMailReport(published);
  const key = report && messageKey(report.account, report.message);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const item = key && (await table.get(key, MessageItem));
    if (report === undefined || key === undefined || item === undefined) return count('FeedbackUnknown');
    const { event } = report;
    const progress = progressOf(item, event, Math.min(report.at, clock()));
    if (progress === undefined) return count('FeedbackLate');
    // An absence note and a mail that came back for good are one incident.
    const trouble =
      event.type === 'bounced' && item.content.template !== 'thanks'
        ? { code: 'mail-bounced' as const, detail: { template: item.content.template, reason: event.reason } }
        : undefined;
    const set = { ...stored(progress), transport: report.transport, withdrawnAt: undefined };
    try {
      return await new DueRun(services, key, item, asSeen(item)).finish({ set, trouble });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }
  throw new Throttled('busy', 'Another request is changing this message; try again.');
}

function asSeen({ state, bounceFinal }: MessageItem): Condition {
  const bounce = bounceFinal === undefined ? 'attribute_not_exists(bounceFinal)' : 'bounceFinal = :final';
  return {
    expression: `#state = :seen AND ${bounce}`,
    names: { '#state': 'state' },
    values: { ':seen': state, ...(bounceFinal !== undefined && { ':final': bounceFinal }) },
  };
}

function stored({ state, bounceFinal, ...moments }: Progress): Readonly<Record<string, unknown>> {
  const texts = Object.entries(moments).map(([name, at]) => [name, at && z.encode(StoredInstant, at)]);
  return { state, bounceFinal, ...Object.fromEntries(texts) };
}

import * as z from 'zod';
import { CLOSING_DELAY, PERIOD_PREFIX, PeriodItem, periodKey } from '#shared/accounts/period-item.ts';
import { wakesAt, wakeText } from '#shared/platform/due.ts';
import { type Clock, contains, type Instant, type Period } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { madeAtEndOf } from './closing-invoice.ts';

/** Older ones are closed, or wait for a person. */
const NEWEST = 4;

/** An invoice of a subscription that bills a period which ended. */
export interface ToldInvoice {
  readonly account: string;
  readonly subscription: string;
  readonly invoice: string;
  readonly createdAt: Instant;
}

export interface ToldDraft extends ToldInvoice {
  /** A person keeps it from becoming final: it is not to be let through unseen. */
  readonly isStopped?: boolean;
}

/**
 * The provider has begun the invoice of a period that ended: its closing, which may wait for just that, runs now. Never
 * before its regular moment, because usage of the period's last seconds is still coming in until then. What is known of
 * the invoice is noted, so that nobody has to ask again.
 * @param next the period that the provider bills the fees of
 */
export async function wakeEnded(table: Table, clock: Clock, told: ToldDraft, next?: Period): Promise<void> {
  const now = clock();
  for (const period of await closedBy(table, told)) {
    if (period.state !== 'open' || period.end > now) continue;
    const noted = next && { start: z.encode(StoredInstant, next.start), end: z.encode(StoredInstant, next.end) };
    await note(table, period, { draft: told.isStopped === true ? undefined : told.invoice, next: noted });
    await bringForward(table, period, Math.max(now, period.end + CLOSING_DELAY));
  }
}

/** An invoice is final: the period that waits to be compared with it is compared now. */
export async function wakeConfirmed(table: Table, clock: Clock, told: ToldInvoice): Promise<void> {
  for (const period of await closedBy(table, told)) {
    if (period.state === 'closed') continue;
    if (period.finalInvoice === undefined) await note(table, period, { finalInvoice: told.invoice });
    if (period.state === 'confirmed') await bringForward(table, period, clock());
  }
}

async function closedBy(table: Table, { account, subscription, createdAt }: ToldInvoice): Promise<PeriodItem[]> {
  const newest = {
    pk: `account#${account}`,
    beginsWith: PERIOD_PREFIX,
    newestFirst: true,
    consistent: true,
    limit: NEWEST,
  };
  const periods = await Array.fromAsync(table.query(newest, PeriodItem));
  return periods.filter(period => period.subscription === subscription && contains(madeAtEndOf(period), createdAt));
}

/** A run under way goes on: it asks for what it did not see here. */
function note(table: Table, { account, start }: PeriodItem, set: Readonly<Record<string, unknown>>): Promise<boolean> {
  return table.update(periodKey(account, start), { set }, { expression: 'attribute_exists(pk)' });
}

/**
 * Only from a later moment, and only while nobody works on it: a run under way that does not see the change yet comes
 * again by itself within minutes.
 */
async function bringForward(table: Table, period: PeriodItem, at: Instant): Promise<void> {
  const key = periodKey(period.account, period.start);
  await table.update(
    key,
    { set: wakesAt(key, at) },
    {
      expression: '#state = :state AND #wakeAt > :at AND attribute_not_exists(#dueSince)',
      names: { '#state': 'state', '#wakeAt': 'wakeAt', '#dueSince': 'dueSince' },
      values: { ':state': period.state, ':at': wakeText(at) },
    },
  );
}

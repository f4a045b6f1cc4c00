import * as z from 'zod';
import { DueFields, NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import { type Instant, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Item, type Key, type Table } from '#shared/platform/table.ts';
import type { ReadOptions } from './account-book.ts';

/**
 * One billing period of an account, and what waits for its end (due item of kind `period`).
 *
 * `start` and `end` are the regular period, boundary to boundary: allowances and fees are prorated by it. `end` is
 * what the provider's subscription says. `billedFrom` is when billing began inside it: the start itself, but later
 * in the account's first period; meter events before it would not be billed.
 */
export const PeriodItem = DueFields.extend({
  kind: z.literal('period'),
  account: z.string(),
  start: StoredInstant,
  end: StoredInstant,
  billedFrom: StoredInstant,
  subscription: z.string(),
  /** The invoice that closes it, once the provider has told of the draft; and the period that it begins there. */
  draft: z.string().optional(),
  next: z.object({ start: StoredInstant, end: StoredInstant }).optional(),
  /** The same, once the provider has told that it is final. */
  finalInvoice: z.string().optional(),
  /** It was told before its end that it has more records than are rated at once. */
  warnedOfSize: z.boolean().optional(),
  /** `open` until every position is confirmed, `confirmed` until the invoice was compared, then `closed`. */
  state: z.enum(['open', 'confirmed', 'closed']),
});
export type PeriodItem = z.output<typeof PeriodItem>;

/** How long after its end a period is closed: usage posted on the boundary is on the pages by then. */
export const CLOSING_DELAY = 5 * MINUTE;

export const PERIOD_PREFIX = 'period#';

export function periodKey(account: string, start: Instant): Key {
  return { pk: `account#${account}`, sk: `${PERIOD_PREFIX}${printInstant(start)}` };
}

/** A new open period, waiting for its end; for `ABSENT` puts: the same period is opened once. */
export function openPeriodItem(
  period: Pick<PeriodItem, 'account' | 'start' | 'end' | 'billedFrom' | 'subscription'>,
): Item {
  const key = periodKey(period.account, period.start);
  return {
    ...key,
    ...z.encode(PeriodItem, { ...period, kind: 'period', state: 'open', ...NEVER_TAKEN }),
    ...wakesAt(key, period.end + CLOSING_DELAY),
  };
}

/** Opens the period, unless it was opened before. */
export async function openPeriod(table: Table, period: Parameters<typeof openPeriodItem>[0]): Promise<void> {
  await table.put(openPeriodItem(period), ABSENT);
}

/** The account's newest period, `undefined` before its first subscription. */
export async function latestPeriod(
  table: Table,
  account: string,
  { consistent }: ReadOptions = { consistent: true },
): Promise<PeriodItem | undefined> {
  const newest = table.query(
    { pk: `account#${account}`, beginsWith: PERIOD_PREFIX, newestFirst: true, consistent, limit: 1 },
    PeriodItem,
  );
  for await (const item of newest) return item;
  return undefined;
}

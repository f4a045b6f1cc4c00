import type { Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { findAccount, linesOf } from '../account-book.ts';
import type { AccountServices } from '../account-services.ts';
import { PERIOD_PREFIX, PeriodItem } from '../period-item.ts';
import type { AccountItem } from '../records/account-item.ts';
import type { SubscriberLine } from '../records/subscriber-line.ts';
import { unknownAccount } from '../unknown-account.ts';

/** What the ledger says: what is wanted, and what was done for it so far. */
export interface LedgerFacts {
  readonly account: AccountItem;
  /** All that the account ever had, in the order in which they reach the provider. */
  readonly lines: readonly SubscriberLine[];
  /** Hour of the day (UTC) at which periods begin. */
  readonly billingHour: number;
  /** Start of the oldest period whose invoice is not final; only read where something waits for it. */
  readonly unfinishedSince: Instant | undefined;
}

/** @throws NotFound `unknown-account` */
export async function readFacts({ ledger, billingHour }: AccountServices, id: string): Promise<LedgerFacts> {
  const account = await findAccount(ledger, id);
  if (account === undefined) throw unknownAccount(id);
  const isWaiting = (account.retiredPrices ?? []).length > 0;
  return {
    account,
    lines: await linesOf(ledger, id),
    billingHour,
    unfinishedSince: isWaiting ? await oldestUnfinished(ledger, id) : undefined,
  };
}

/** Those that have not ended. */
export function runningLines({ lines }: LedgerFacts): SubscriberLine[] {
  return lines.filter(line => line.state !== 'ended');
}

async function oldestUnfinished(ledger: Table, account: string): Promise<Instant | undefined> {
  const periods = ledger.query({ pk: `account#${account}`, beginsWith: PERIOD_PREFIX, consistent: true }, PeriodItem);
  for await (const period of periods) if (period.state !== 'closed') return period.start;
  return undefined;
}

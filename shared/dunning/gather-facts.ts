import type { AccountItem } from '#shared/accounts/account-item.ts';
import { MessageItem, messageKey } from '#shared/notices/message.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { InvoiceFate } from './collection.ts';
import { debtOf } from './debt.ts';
import type { DunningCase } from './dunning-case.ts';
import type { DunningServices } from './dunning-services.ts';
import { noteDebt, vanished } from './note-debt.ts';
import type { DunningFacts } from './plan-round.ts';
import { policyFor } from './policy-in-force.ts';

/** Declined payments and disputes are looked up this far back. */
const LOOK_BACK = 180 * DAY;

/** What is owed, what became of what was owed, and which messages arrived: read anew, and noted in the case. */
export async function gatherFacts(
  { table, collection, catalogAt }: DunningServices,
  account: AccountItem,
  before: DunningCase,
  now: Instant,
): Promise<{ readonly dunning: DunningCase; readonly facts: DunningFacts }> {
  const standing =
    account.stripeCustomer === undefined
      ? { open: [], disputed: false, ways: [] }
      : await collection.standing(account.stripeCustomer, now - LOOK_BACK);
  const debt = debtOf(account, standing, before.debt, now);
  const fates = new Map<string, InvoiceFate>();
  for (const invoice of vanished(before, debt)) fates.set(invoice, await collection.fate(invoice));
  const dunning = noteDebt(await withDeliveries(table, before), debt, fates, now);
  const policy = policyFor((await catalogAt(now))?.dunning ?? [], account);
  return { dunning, facts: { account, debt, policy } };
}

/** Which messages of the case have arrived meanwhile, and which came back after that. */
async function withDeliveries(table: Table, dunning: DunningCase): Promise<DunningCase> {
  const notices = await Promise.all(
    dunning.notices.map(async notice => {
      const message = await table.get(messageKey(dunning.account, notice.message), MessageItem);
      return { ...notice, deliveredAt: message?.deliveredAt };
    }),
  );
  return { ...dunning, notices };
}

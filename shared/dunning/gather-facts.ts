import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { MessageItem, messageKey } from '#shared/messages/order/message.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { debtOf } from './debt.ts';
import type { DunningCase } from './dunning-case.ts';
import type { DunningServices } from './dunning-services.ts';
import { noteDebt, vanished } from './note-debt.ts';
import type { DunningFacts } from './plan-round.ts';
import { policyFor } from './policy-in-force.ts';
import type { InvoiceOutcome } from './receivables.ts';
import { settlePayments } from './settle-payments.ts';

/** Declined payments and disputes are looked up this far back. */
const LOOK_BACK = 180 * DAY;

/** What is owed, what became of what was owed, and which messages arrived: read anew, and noted in the case. */
export async function gatherFacts(
  { table, receivables, catalogAt }: DunningServices,
  account: AccountItem,
  before: DunningCase,
  now: Instant,
): Promise<{ readonly dunning: DunningCase; readonly facts: DunningFacts }> {
  const currentCase =
    account.stripeCustomer === undefined
      ? { open: [], disputed: false, paymentMethods: [] }
      : await receivables.read(account.stripeCustomer, now - LOOK_BACK);
  const debt = debtOf(account, currentCase, before.debt, now);
  const outcomes = new Map<string, InvoiceOutcome>();
  for (const invoice of vanished(before, debt)) outcomes.set(invoice, await receivables.outcome(invoice));
  const settled = settlePayments(await withDeliveries(table, before), currentCase, outcomes, now);
  const dunning = noteDebt(settled, debt, outcomes, now);
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

import { findAccount } from '#shared/accounts/account-book.ts';
import { isPending, wakeLines } from '#shared/accounts/provisioning/wake-lines.ts';
import type { AccountReaction } from './reaction.ts';

/** There may be a payment method now, or a first invoice is paid. */
export const lookAtPendingLines: AccountReaction = async ({ id, account }, services) => {
  await wakeLines(services, { account, asker: `event:${id}`, which: isPending });
};

/** The account's subscription is gone: no line is billed any more. An earlier one that was replaced is not news. */
export const lookAtLines: AccountReaction = async ({ id, account, object }, services) => {
  const item = await findAccount(services.ledger, account);
  if (item?.stripeSubscription !== object) return;
  const which = (line: Parameters<typeof isPending>[0]) =>
    line.state === 'active' || line.state === 'suspended' || isPending(line);
  await wakeLines(services, { account, asker: `event:${id}`, which });
};

import { findAccount } from '#shared/accounts/account-book.ts';
import { periodAt } from '#shared/accounts/billing-period.ts';
import { IdentifierAssignments, identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { QuarantineDependencies } from '#shared/usage/quarantine/list-quarantine.ts';

/** Only for accounts that are not billed yet; which records are left out hardly depends on it. */
const MIDNIGHT = 0;

/** The current period of every account that ever had the name. */
export function currentPeriods(ledger: Table, clock: Clock): QuarantineDependencies['periodsOf'] {
  return async name => {
    const owners = (await ledger.get(identifierKey(name), IdentifierAssignments))?.owners ?? [];
    const ids = [...new Set(owners.map(({ account }) => account))];
    const accounts = await Promise.all(ids.map(id => findAccount(ledger, id)));
    return Promise.all(
      accounts
        .filter(account => account !== undefined)
        .map(async account => {
          const { start, end } = await periodAt(ledger, account, clock(), MIDNIGHT);
          return { family: 'period' as const, account: account.account, start, end, records: 0 };
        }),
    );
  };
}

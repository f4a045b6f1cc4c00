import { ratedAccount } from '#shared/accounts/account-book.ts';
import { NameOwners, nameKey } from '#shared/accounts/name-owners.ts';
import { latestPeriod } from '#shared/accounts/period-item.ts';
import type { Table } from '#shared/platform/table.ts';
import { type RatingSources, rateAccount } from '#shared/rating/rate-account.ts';
import type { ExpansionPorts } from '#shared/usage/expand-quarantine.ts';
import type { QuarantinePorts } from '#shared/usage/list-quarantine.ts';
import { QUARANTINE_CODES, type QuarantineCode } from '#shared/usage/quarantine.ts';

/** What rating leaves out of an account's period at this moment. An account that is not there has nothing. */
export function leftOutBy(sources: RatingSources, ledger: Table): ExpansionPorts['leftOutOf'] {
  return async (accountId, period) => {
    const account = await ratedAccount(ledger, accountId);
    if (account === undefined) return [];
    const { records } = await rateAccount(sources, account, period, { consistent: true, itemised: true });
    return records.flatMap(({ state, reason, record }) => {
      const code = quarantineCode(reason);
      if (state !== 'quarantined' || code === undefined) return [];
      return [{ code, facts: record.facts, acceptedSeconds: record.acceptedSeconds, account: accountId }];
    });
  };
}

/** The newest period of every account that ever had the name. */
export function newestPeriods(ledger: Table): QuarantinePorts['periodsOf'] {
  return async name => {
    const owners = (await ledger.get(nameKey(name), NameOwners))?.owners ?? [];
    const accounts = [...new Set(owners.map(({ account }) => account))];
    const periods = await Promise.all(accounts.map(account => latestPeriod(ledger, account)));
    return periods.flatMap(period => {
      if (period === undefined) return [];
      const { account, start, end } = period;
      return [{ family: 'period' as const, account, start, end, records: 0 }];
    });
  };
}

function quarantineCode(reason: string): QuarantineCode | undefined {
  return QUARANTINE_CODES.find(code => code === reason);
}

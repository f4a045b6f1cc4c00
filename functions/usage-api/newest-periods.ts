import { NameOwners, nameKey } from '#shared/accounts/name-owners.ts';
import { latestPeriod } from '#shared/accounts/period-item.ts';
import type { Table } from '#shared/platform/table.ts';
import type { QuarantinePorts } from '#shared/usage/list-quarantine.ts';

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

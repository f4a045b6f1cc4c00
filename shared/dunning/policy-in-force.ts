import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';

/** The first policy that is for the account: for its segment, or for everyone. */
export function policyFor(
  policies: readonly DunningPolicy[],
  { segment }: Pick<AccountItem, 'segment'>,
): DunningPolicy | undefined {
  return policies.find(
    ({ segments }) => segments.length === 0 || (segment !== undefined && segments.includes(segment)),
  );
}

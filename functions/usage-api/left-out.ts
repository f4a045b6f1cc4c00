import type { S3Client } from '@aws-sdk/client-s3';
import { ratedAccount } from '#shared/accounts/account-book.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import type { Table } from '#shared/platform/table.ts';
import { rateAccount } from '#shared/rating/rate-account.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import type { ExpansionDependencies } from '#shared/usage/quarantine/expand-quarantine.ts';
import { QUARANTINE_CODES, type QuarantineCode } from '#shared/usage/quarantine/quarantine.ts';

/** What rating leaves out of an account's period at this moment. An account that is not there has nothing. */
export function leftOutBy(
  pages: PageReader,
  ledger: Table,
  s3: S3Client,
  bucket: string,
): ExpansionDependencies['leftOutOf'] {
  const catalogStore = new CatalogStore(ledger, catalogTextsIn(s3, bucket));
  const sources = { pages, catalogs: () => catalogStore.versions() };
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

function quarantineCode(reason: string): QuarantineCode | undefined {
  return QUARANTINE_CODES.find(code => code === reason);
}

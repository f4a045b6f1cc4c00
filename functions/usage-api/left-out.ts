import type { S3Client } from '@aws-sdk/client-s3';
import { ratedAccount } from '#shared/accounts/account-book.ts';
import { carriedIntoIn } from '#shared/accounts/carried-allowances.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import type { Table } from '#shared/platform/table.ts';
import { rateRecords } from '#shared/rating/rate-account.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import type { ExpansionDependencies } from '#shared/usage/quarantine/expand-quarantine.ts';
import { QUARANTINE_CODES, type QuarantineCode, type QuarantinedRecord } from '#shared/usage/quarantine/quarantine.ts';

/** What rating leaves out of an account's period at this moment. An account that is not there has nothing. */
export function leftOutBy(
  pages: PageReader,
  ledger: Table,
  s3: S3Client,
  bucket: string,
): ExpansionDependencies['leftOutOf'] {
  const catalogStore = new CatalogStore(ledger, catalogTextsIn(s3, bucket));
  const sources = { pages, catalogs: () => catalogStore.versions(), carriedInto: carriedIntoIn(ledger) };
  return async (accountId, period) => {
    const account = await ratedAccount(ledger, accountId);
    if (account === undefined) return [];
    const { sink } = await rateRecords(sources, account, period, { consistent: true }, () => new LeftOut(accountId));
    return sink.records;
  };
}

/** Keeps the records that rating leaves out. */
class LeftOut implements RecordSink {
  readonly records: QuarantinedRecord[] = [];
  readonly #account: string;

  constructor(account: string) {
    this.#account = account;
  }

  take({ state, reason, record: { facts, acceptedSeconds } }: RatedRecord): void {
    const code = quarantineCode(reason);
    if (state !== 'quarantined' || code === undefined) return;
    this.records.push({ code, facts, acceptedSeconds, account: this.#account });
  }
}

function quarantineCode(reason: string): QuarantineCode | undefined {
  return QUARANTINE_CODES.find(code => code === reason);
}

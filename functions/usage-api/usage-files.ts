import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { knownSourceIn } from '#shared/access/file-source.ts';
import { listSources } from '#shared/access/list-sources.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { systemClock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { FileLedger } from '#shared/usage/files/file-ledger.ts';
import { fileObjectsIn } from '#shared/usage/files/file-objects.ts';
import type { FileRouteServices } from './file-routes.ts';

/** A file of its own, to be imported when it is needed: posts of usage do not pay for it. */
export function openUsageFiles(ledger: Table, bucket: string): Awaited<ReturnType<FileRouteServices['openFiles']>> {
  // By default the client writes the checksum of an empty body into the address, and S3 refuses every other one.
  const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const catalogs = new CatalogStore(ledger, catalogTextsIn(s3, bucket));
  return {
    files: new FileLedger(ledger),
    objects: fileObjectsIn(s3, bucket),
    clock: systemClock,
    isKnownSource: knownSourceIn({ ledger, catalogAt: at => catalogs.versionAt(at), clock: systemClock }),
    listSources: async () => listSources(ledger, await catalogs.versionAt(systemClock()), systemClock()),
    newFile: () => randomBytes(12).toString('hex'),
  };
}

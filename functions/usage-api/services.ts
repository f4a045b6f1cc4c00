import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { parseEnv } from '#shared/platform/env.ts';
import { answersIn } from '#shared/platform/http/kept-answers.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { QueueSender } from '#shared/platform/queue-sender.ts';
import { lazily } from '#shared/platform/services.ts';
import { Table } from '#shared/platform/table.ts';
import { BatchMarkers } from '#shared/usage/intake/batch-marker.ts';
import { ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import { handOverTo } from '#shared/usage/posting/hand-over.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';
import { DismissedRecords } from '#shared/usage/quarantine/dismissal.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';
import { currentPeriods } from './current-periods.ts';
import type { FileRouteServices } from './file-routes.ts';
import type { UsageServices } from './usage-routes.ts';

const Env = z.object({
  PAGES_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  USAGE_BUCKET: z.string().min(1),
  USAGE_QUEUE_URL: z.string().min(1),
  RETENTION_MONTHS: z.coerce.number().int().min(1),
});

export function buildServices(): UsageServices & FileRouteServices {
  const env = parseEnv(Env);
  const dynamodb = new DynamoDBClient({});
  const ledger = new Table(dynamodb, env.LEDGER_TABLE);
  const objects = lazily(async () => (await import('./objects.ts')).openObjects(env.USAGE_BUCKET));
  const markers = new BatchMarkers(ledger);
  const sources = new SourceRegistry(ledger);
  const pages = pageReader(dynamodb, env.PAGES_TABLE, sources);
  const handOver = handOverTo(new QueueSender(new SQSClient({}), env.USAGE_QUEUE_URL), async message =>
    (await objects()).usage.putRaw(message),
  );
  return {
    authenticate: ledgerKeys(ledger),
    keptAnswers: answersIn(ledger),
    acceptance: {
      clock: systemClock,
      nonce: () => randomBytes(6).readUIntBE(0, 6).toString(36),
      keptSince: retainFor(env.RETENTION_MONTHS).keptSince,
      claimBatch: claim => markers.claim(claim),
      handOver,
    },
    markers,
    openFiles: async () => {
      const { openUsageFiles } = await import('./usage-files.ts');
      return openUsageFiles(ledger, env.USAGE_BUCKET);
    },
    quarantine: {
      quarantine: new QuarantineLedger(ledger),
      dismissed: new DismissedRecords(ledger),
      handOver,
      sourceCodeOf: name => sources.codeOf(name),
      retention: retainFor(env.RETENTION_MONTHS),
      clock: systemClock,
      pages,
      lookUpAssignments: ledgerAssignments(dynamodb, env.LEDGER_TABLE),
      readArchive: async key => (await objects()).usage.read(key),
      periodsOf: currentPeriods(ledger, systemClock),
      // Rating is a sixth of the code and only asked for here, so it is not loaded to take in usage.
      leftOutOf: async (account, period) => {
        const { leftOutBy } = await import('./left-out.ts');
        const { s3 } = await objects();
        return leftOutBy(pages, ledger, s3, env.USAGE_BUCKET)(account, period);
      },
    },
  };
}

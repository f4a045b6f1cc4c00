import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { onItems, onListOf, onObjects, onQueue, onTable } from '#infra/constructs/access.ts';
import { ApiFunction } from '#infra/constructs/api-function.ts';
import type { HouseFunction } from '#infra/constructs/house-function.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { QueueFunction } from '#infra/constructs/queue-function.ts';
import { ScheduledFunction } from '#infra/constructs/scheduled-function.ts';
import type { DataStack } from './data-stack.ts';
import { watchFileIncidents, watchUncounted } from './own-metrics.ts';

/** Usage in: from the posted batch to the usage pages. */
export function usageFunctions(
  scope: Construct,
  platform: Platform,
  data: DataStack,
  settings: StageSettings,
): HouseFunction[] {
  const { pages, ledger, usageBucket } = data;
  const usage = data.queue('usage');
  const files = data.queue('files');
  const tables = {
    PAGES_TABLE: pages.tableName,
    LEDGER_TABLE: ledger.tableName,
    USAGE_BUCKET: usageBucket.bucket.bucketName,
    RETENTION_MONTHS: String(settings.retentionMonths),
  };

  const usageApi = new ApiFunction(scope, 'usage-api', {
    platform,
    errorImpact: 'Network platforms cannot hand over usage: they keep it, and bills lack it until they send it again.',
    runbook: 'usage-api',
    // Of full posts these are five million records a second.
    perSecond: 500,
    memoryMegabytes: 1024,
    timeout: Duration.seconds(29),
    environment: { ...tables, USAGE_QUEUE_URL: usage.queue.queueUrl },
    access: [
      onTable(pages, 'Query'),
      // What a person dismissed; it is voided as any record is, by way of the queue.
      onItems(ledger, ['dismissed'], 'PutItem'),
      onTable(ledger, 'GetItem', 'BatchGetItem', 'Query'),
      onItems(ledger, ['batch#*'], 'PutItem'),
      onItems(ledger, ['answer#*'], 'PutItem', 'UpdateItem'),
      onItems(ledger, ['file#*', 'files', 'files#*'], 'PutItem'),
      // Pointers that lead to nothing any more.
      onItems(ledger, ['quarantine#*'], 'DeleteItem'),
      onQueue(usage.queue, 'SendMessage'),
      onObjects(usageBucket, 'raw', 'PutObject'),
      // Addresses that are handed out are signed with these.
      onObjects(usageBucket, 'uploads', 'PutObject'),
      onObjects(usageBucket, 'files', 'GetObject'),
      // Quarantine shows the losing facts of a conflict, and rates to show what rating leaves out.
      onObjects(usageBucket, 'archive', 'GetObject'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
    ],
  });

  const usageIntake = new QueueFunction(scope, 'usage-intake', {
    platform,
    errorImpact: 'Posted usage is safe but not counted: usage displays and bills lag behind the network.',
    runbook: 'usage-intake',
    work: usage,
    batchSize: 10,
    batchWindow: Duration.seconds(settings.intakeBatchWindowSeconds),
    maxConcurrency: 20,
    waitingTooLong: Duration.minutes(15),
    memoryMegabytes: 512,
    environment: { ...tables, USAGE_QUEUE_URL: usage.queue.queueUrl },
    access: [
      onTable(pages, 'UpdateItem'),
      onTable(ledger, 'BatchGetItem'),
      onItems(ledger, ['batch#*'], 'UpdateItem'),
      onItems(ledger, ['quarantine#*'], 'PutItem'),
      onItems(ledger, ['source-watermark#*', 'source-day#*'], 'UpdateItem'),
      onQueue(usage.queue, 'SendMessage'),
      onObjects(usageBucket, 'raw', 'GetObject'),
      onObjects(usageBucket, 'archive', 'PutObject'),
    ],
  });

  const usageAudit = new ScheduledFunction(scope, 'usage-audit', {
    platform,
    errorImpact: 'Large batches and files whose notification got lost are not billed until a person notices.',
    runbook: 'usage-audit',
    schedule: 'rate(12 hours)',
    silentTooLong: Duration.days(1),
    memoryMegabytes: 256,
    timeout: Duration.minutes(5),
    environment: {
      LEDGER_TABLE: ledger.tableName,
      USAGE_BUCKET: usageBucket.bucket.bucketName,
      USAGE_QUEUE_URL: usage.queue.queueUrl,
      FILES_QUEUE_URL: files.queue.queueUrl,
    },
    access: [
      ...['raw', 'uploads', 'drops'].map(folder => onListOf(usageBucket, folder)),
      onItems(ledger, ['batch#*', 'file#*'], 'GetItem'),
      onQueue(usage.queue, 'SendMessage'),
      onQueue(files.queue, 'SendMessage'),
    ],
  });
  watchUncounted(platform, usageAudit);

  const usageFiles = new QueueFunction(scope, 'usage-files', {
    platform,
    errorImpact:
      'Uploaded and dropped files are safe but not counted: usage displays and bills lag behind the network.',
    runbook: 'usage-files',
    work: files,
    // A file, or a range of one, keeps an invocation busy for as long as it may run.
    batchSize: 1,
    batchWindow: Duration.seconds(0),
    maxConcurrency: 10,
    waitingTooLong: Duration.hours(1),
    // A whole core, which unpacking and reading rows use.
    memoryMegabytes: 1769,
    environment: { ...tables, FILES_QUEUE_URL: files.queue.queueUrl },
    access: [
      onTable(pages, 'UpdateItem'),
      onTable(ledger, 'BatchGetItem'),
      onItems(ledger, ['file#*', 'source#*', 'sources'], 'GetItem'),
      onItems(ledger, ['file#*', 'catalog'], 'Query'),
      onItems(ledger, ['file#*', 'files', 'files#*', 'case', 'quarantine#*'], 'PutItem'),
      // A source that the catalog names and that has no key yet.
      onItems(ledger, ['source#*', 'source-code#*', 'sources'], 'PutItem'),
      onItems(ledger, ['file#*', 'batch#*', 'source-watermark#*', 'source-day#*'], 'UpdateItem'),
      onObjects(usageBucket, 'uploads', 'GetObject'),
      onObjects(usageBucket, 'drops', 'GetObject'),
      onObjects(usageBucket, 'files', 'GetObject', 'PutObject'),
      onListOf(usageBucket, 'files'),
      onObjects(usageBucket, 'archive', 'PutObject'),
      onObjects(usageBucket, 'catalog', 'GetObject'),
      onQueue(files.queue, 'SendMessage'),
    ],
  });
  watchFileIncidents(platform, usageFiles);

  return [usageApi, usageIntake, usageFiles, usageAudit];
}

import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LocalCloud } from '#infra/local/local-cloud.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { Table } from '#shared/platform/table.ts';
import { LEDGER_LAYOUT } from '#shared/platform/table-layout.ts';
import { QUEUE_NAMES } from '#shared/platform/work-queues.ts';

const LEDGER = 'dunlin-dev-ledger';
const Due = z
  .object({ kind: z.string(), wakeAt: z.string(), dueSince: z.string() })
  .partial()
  .transform(({ kind, wakeAt, dueSince }) => {
    if (kind === undefined || (wakeAt === undefined && dueSince === undefined)) return undefined;
    return `${kind} ${dueSince === undefined ? 'waits' : 'is taken'}`;
  });

/** What waits inside: open cases, the account's items that wait or are taken, Stripe's events that were begun and not done, queues with something on them. */
export async function insideOf(cloud: LocalCloud, account: string) {
  const client = new DynamoDBClient({
    endpoint: cloud.aws.endpoint,
    region: cloud.aws.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const ledger = new Table(client, LEDGER);
    const due = await Array.fromAsync(ledger.query({ pk: `account#${account}` }, Due));
    return {
      cases: await Array.fromAsync(openIncidents(ledger), ({ code, subject }) => `${code} ${subject.sk}`),
      due: due.filter(text => text !== undefined),
      unfinishedEvents: await unfinishedEvents(client),
      messages: QUEUE_NAMES.flatMap(name => [name, `${name}-dlq`]).filter(
        name => cloud.queueLength(`dunlin-dev-${name}`) > 0,
      ),
    };
  } finally {
    client.destroy();
  }
}

async function unfinishedEvents(client: DynamoDBClient): Promise<number> {
  let found = 0;
  let from: Record<string, AttributeValue> | undefined;
  do {
    const answer = await client.send(
      new ScanCommand({
        TableName: LEDGER,
        FilterExpression: 'begins_with(#p, :event) AND attribute_not_exists(doneAt)',
        ExpressionAttributeNames: { '#p': LEDGER_LAYOUT.partition },
        ExpressionAttributeValues: { ':event': { S: 'event#' } },
        ExclusiveStartKey: from,
      }),
    );
    found += answer.Items?.length ?? 0;
    from = answer.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { LocalCloud } from '#infra/local/local-cloud.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { Table } from '#shared/platform/table.ts';
import { LEDGER_LAYOUT } from '#shared/platform/table-layout.ts';
import { QUEUE_NAMES } from '#shared/platform/work-queues.ts';
import { listOf } from '#test/parts/answer-body.ts';
import type { Outsider } from '#test/parts/outsider.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';

export const LEDGER = 'dunlin-dev-ledger';

const Sent = z.object({ to: z.string().optional(), line: z.string().optional(), action: z.string().optional() });
type Sent = z.infer<typeof Sent>;
const Quarantined = z.object({
  code: z.string(),
  id: z.string(),
  line: z.string(),
  account: z.string().nullish(),
});

/** What is read once for all subjects of a run, and what belongs to none of them. */
export interface CommonEnd {
  readonly cases: readonly { readonly code: string; readonly pk: string; readonly sk: string }[];
  /** Events of Stripe's that were begun and not done. */
  readonly unfinishedEvents: number;
  /** Queues with something on them. */
  readonly messages: readonly string[];
  readonly quarantine: readonly z.infer<typeof Quarantined>[];
  readonly mails: readonly Sent[];
  readonly textMessages: readonly Sent[];
  readonly commands: readonly Sent[];
}

export async function commonEnd({ cloud, operator }: PreparedCloud): Promise<CommonEnd> {
  const client = ledgerClient(cloud);
  try {
    return {
      cases: await Array.fromAsync(openIncidents(new Table(client, LEDGER)), ({ code, subject: { pk, sk } }) => ({
        code,
        pk,
        sk,
      })),
      unfinishedEvents: await unfinishedEvents(client),
      messages: QUEUE_NAMES.flatMap(name => [name, `${name}-dlq`]).filter(
        name => cloud.queueLength(`dunlin-dev-${name}`) > 0,
      ),
      quarantine: await quarantine(operator),
      mails: await sent(operator, 'mails'),
      textMessages: await sent(operator, 'sms'),
      commands: await sent(operator, 'commands'),
    };
  } finally {
    client.destroy();
  }
}

export function ledgerClient(cloud: LocalCloud): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: cloud.aws.endpoint,
    region: cloud.aws.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

async function quarantine(operator: Outsider): Promise<z.infer<typeof Quarantined>[]> {
  const found: z.infer<typeof Quarantined>[] = [];
  let cursor = '';
  do {
    const { status, body } = await operator.get(`/v1/quarantine?limit=500${cursor}`);
    if (status !== 200) throw new Error(`The quarantine cannot be read: ${status}`);
    found.push(...listOf(Quarantined, body));
    cursor = typeof body.next === 'string' ? `&cursor=${body.next}` : '';
  } while (cursor !== '');
  return found;
}

/** Oldest first. */
async function sent(operator: Outsider, sink: string): Promise<Sent[]> {
  return listOf(Sent, (await operator.get(`/_local/${sink}`)).body).toReversed();
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

import { type AttributeValue, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Table } from './table.ts';
import { LEDGER_LAYOUT } from './table-layout.ts';

const WakingItem = z.object({ pk: z.string(), sk: z.string(), wakeAt: z.string() });
/** An item's key and when it wakes; the index holds no more. */
export type WakingItem = z.infer<typeof WakingItem>;

export interface WakeRange {
  readonly shard: string;
  /** Both inclusive. */
  readonly from: string;
  readonly to: string;
}

const { wake } = LEDGER_LAYOUT;

/** Small enough to cost half a read unit, large enough for an ordinary minute. */
const FIRST_PAGE = 25;

/**
 * In order of `wakeAt`, page after page as the caller asks for more: one that stops at the first item that is not
 * due has paid for one small page. Eventually consistent: an item written a moment ago may be missing.
 */
export async function* waking(table: Table, { shard, from, to }: WakeRange): AsyncGenerator<WakingItem> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const answer: QueryCommandOutput = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: wake.index,
        KeyConditionExpression: '#shard = :shard AND #at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#shard': wake.partition, '#at': wake.sort },
        ExpressionAttributeValues: { ':shard': { S: shard }, ':from': { S: from }, ':to': { S: to } },
        ...(start === undefined ? { Limit: FIRST_PAGE } : { ExclusiveStartKey: start }),
      }),
    );
    for (const item of answer.Items ?? []) yield WakingItem.parse(unmarshall(item));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

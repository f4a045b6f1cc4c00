import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Table } from '#shared/platform/table.ts';

/** What DynamoDB adds to each item when it charges for storage. */
const PER_ITEM = 100;

/** What a table holds, as DynamoDB counts it. */
export async function storedBytes({ client, name }: Table): Promise<number> {
  let bytes = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: name })) {
    for (const item of Items) bytes += PER_ITEM + itemBytes(item);
  }
  return bytes;
}

/** Texts by their bytes, numbers by two digits a byte: usage pages have nothing else. */
function itemBytes(item: Record<string, AttributeValue>): number {
  return Object.entries(item).reduce(
    (sum, [name, { S = '', N = '' }]) => sum + Buffer.byteLength(name) + Buffer.byteLength(S) + Math.ceil(N.length / 2),
    0,
  );
}

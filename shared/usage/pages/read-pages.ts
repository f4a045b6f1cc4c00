import {
  type AttributeValue,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { IdentifierTenure } from '#shared/accounts/account.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Period } from '#shared/platform/instant.ts';
import { PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import type { SourceRegistry } from '../intake/source-registry.ts';
import { type DecodedUsage, decodePages, type RawPage } from './decode-pages.ts';
import type { KeptRecord } from './facts.ts';
import { printSlot, SLOT, slotStart } from './page-key.ts';

/** What reading usage needs; build it once per function: `pageReader(client, pagesTable, sourceBook(ledger))`. */
export interface PageReader {
  readonly query: (range: PageRange) => Promise<RawPage[]>;
  /** As `query`, answer by answer of the table: about a megabyte each, in order of time. */
  readonly batches: (range: PageRange) => AsyncIterable<readonly RawPage[]>;
  readonly sources: Pick<SourceRegistry, 'namesFor'>;
}

export interface PageRange {
  readonly name: string;
  /** Page keys, inclusive on both sides. */
  readonly from: string;
  readonly to: string;
  readonly consistent: boolean;
}

const QUERIES_AT_ONCE = 16;

/**
 * The records of these tenures that started inside the period, voided ones marked, in no order. Of records in
 * contradiction all are there: rating tells which counts. One query a name; `consistent` costs twice and sees everything
 * that intake has counted.
 */
export async function readRecords(
  reader: PageReader,
  tenures: readonly IdentifierTenure[],
  period: Period,
  options: { readonly consistent: boolean },
): Promise<KeptRecord[]> {
  return (await readUsage(reader, tenures, period, options)).records;
}

/** As `readRecords`, with the voids that found no record. */
export async function readUsage(
  reader: PageReader,
  tenures: readonly IdentifierTenure[],
  period: Period,
  options: { readonly consistent: boolean },
): Promise<DecodedUsage> {
  const ranges = rangesOf(tenures, period, options.consistent);
  const pages = (await allInParallel(ranges, QUERIES_AT_ONCE, reader.query)).flat();
  return decodePages(pages, tenures, period, await reader.sources.namesFor(pages));
}

/** One range a name, from its first to its last moment within the period. */
export function rangesOf(tenures: readonly IdentifierTenure[], period: Period, consistent: boolean): PageRange[] {
  const spans = new Map<string, Period>();
  for (const { name, from, until } of tenures) {
    const start = Math.max(period.start, from);
    const end = Math.min(period.end, until ?? Number.POSITIVE_INFINITY);
    if (start >= end) continue;
    const known = spans.get(name);
    spans.set(name, { start: Math.min(start, known?.start ?? start), end: Math.max(end, known?.end ?? end) });
  }
  return Array.from(spans, ([name, { start, end }]) => ({
    name,
    from: printSlot(slotStart(start)),
    // Keys go on behind the slot (`#voice`), so that this bound excludes the slot that begins at the end.
    to: printSlot(slotStart(end + SLOT - 1)),
    consistent,
  }));
}

export function pageReader(client: DynamoDBClient, table: string, sources: SourceRegistry): PageReader {
  const batches = (range: PageRange) => queryPages(client, table, range);
  return { query: async range => (await Array.fromAsync(batches(range))).flat(), batches, sources };
}

async function* queryPages(
  client: DynamoDBClient,
  table: string,
  range: PageRange,
): AsyncGenerator<readonly RawPage[], void, undefined> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: '#n = :n AND #p BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#n': PAGES_LAYOUT.partition, '#p': PAGES_LAYOUT.sort },
        ExpressionAttributeValues: { ':n': { S: range.name }, ':from': { S: range.from }, ':to': { S: range.to } },
        ConsistentRead: range.consistent,
        ReturnConsumedCapacity: 'TOTAL',
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    yield (answer.Items ?? []).map(item => ({
      name: range.name,
      page: item[PAGES_LAYOUT.sort]?.S ?? '',
      texts: item,
    }));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined);
}

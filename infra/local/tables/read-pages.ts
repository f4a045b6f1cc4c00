import { type Consumed, readUnits } from './capacity.ts';
import { holds } from './expressions/evaluate.ts';
import { filterExpression, keyConditionExpression, projectionExpression } from './expressions/parsed-once.ts';
import { checkPlaceholders, type Placeholders } from './expressions/placeholders.ts';
import { invalid } from './failure.ts';
import { type KeyRange, keyRangeOf } from './key-condition.ts';
import { keyOf, primaryKeyText, scalarText } from './keys.ts';
import { type KeyLayout, namesOf } from './layout.ts';
import type { Entry, Partitions } from './partitions.ts';
import { projected } from './project.ts';
import type { QueryInput, ScanInput } from './requests.ts';
import { placeOf, type StoredTable } from './stored-table.ts';
import type { Item } from './value.ts';

/** One page of a query or scan reads no more than this. */
const MOST_BYTES = 1024 * 1024;

export interface PageAnswer {
  readonly answer: object;
  readonly consumed: Consumed;
}

interface Source {
  readonly layout: KeyLayout;
  readonly entries: Partitions;
}

export function query(table: StoredTable, input: QueryInput): PageAnswer {
  const given = placeholdersOf(input);
  const condition = keyConditionExpression(input.KeyConditionExpression);
  const source = sourceOf(table, input);
  checkPlaceholders(given, [['KeyConditionExpression', condition], ...shared(input)]);
  const range = keyRangeOf(condition.content, source.layout, table.layout.types, given);
  const after = input.ExclusiveStartKey && placeIn(table, source, input.ExclusiveStartKey);
  const { low, high } = range;
  const entries = source.entries.range(scalarText(range.partition), {
    low,
    high,
    isForward: input.ScanIndexForward,
    after: after?.place,
  });
  return page(table, input, source, given, entriesWith(entries, range));
}

export function scan(table: StoredTable, input: ScanInput): PageAnswer {
  const given = placeholdersOf(input);
  const source = sourceOf(table, input);
  checkPlaceholders(given, shared(input));
  return page(
    table,
    input,
    source,
    given,
    source.entries.all(input.ExclusiveStartKey && placeIn(table, source, input.ExclusiveStartKey)),
  );
}

/** A prefix has no upper bound that is a value: what does not begin with it lies behind all that does. */
function* entriesWith(entries: Generator<Entry>, { prefix }: KeyRange): Generator<Entry> {
  for (const entry of entries) {
    if (prefix === undefined || doesBegin(entry, prefix)) yield entry;
  }
}

function doesBegin({ sort }: Entry, prefix: NonNullable<KeyRange['prefix']>): boolean {
  if (sort === undefined) return false;
  if ('S' in sort && 'S' in prefix) return sort.S.startsWith(prefix.S);
  return 'B' in sort && 'B' in prefix && Buffer.from(sort.B, 'base64').indexOf(Buffer.from(prefix.B, 'base64')) === 0;
}

function page(
  table: StoredTable,
  input: QueryInput | ScanInput,
  source: Source,
  given: Placeholders,
  entries: Generator<Entry>,
): PageAnswer {
  const filter = input.FilterExpression === undefined ? undefined : filterExpression(input.FilterExpression);
  const projection =
    input.ProjectionExpression === undefined ? undefined : projectionExpression(input.ProjectionExpression);
  const items: Item[] = [];
  let scanned = 0;
  let bytes = 0;
  let last: Item | undefined;
  let isWhole = true;
  for (const { item, size } of entries) {
    if (scanned > 0 && bytes + size > MOST_BYTES) {
      isWhole = false;
      break;
    }
    last = item;
    scanned += 1;
    bytes += size;
    if (filter === undefined || holds(filter.content, item, given)) items.push(projected(item, projection, given));
    if (scanned === input.Limit) {
      isWhole = false;
      break;
    }
  }
  const units = readUnits(bytes, input.ConsistentRead);
  const isIndex = input.IndexName !== undefined;
  return {
    answer: {
      ...(input.Select !== 'COUNT' && { Items: items }),
      Count: items.length,
      ScannedCount: scanned,
      ...(!isWhole && last && { LastEvaluatedKey: keyOf(last, [...namesOf(table.layout), ...namesOf(source.layout)]) }),
    },
    consumed: { table: isIndex ? 0 : units, indexes: new Map(isIndex ? [[input.IndexName ?? '', units]] : []) },
  };
}

function sourceOf(table: StoredTable, { IndexName, ConsistentRead }: QueryInput | ScanInput): Source {
  if (IndexName === undefined) return { layout: table.layout, entries: table.items };
  const index = table.index(IndexName);
  if (index === undefined) throw invalid(`The table does not have the specified index: ${IndexName}`);
  if (ConsistentRead) throw invalid('Consistent reads are not supported on global secondary indexes');
  return index;
}

function placeIn(table: StoredTable, source: Source, key: Item) {
  const names = new Set([...namesOf(table.layout), ...namesOf(source.layout)]);
  if (Object.keys(key).length !== names.size || [...names].some(name => key[name] === undefined)) {
    throw invalid('The provided starting key is invalid');
  }
  const tie = source.entries === table.items ? '' : primaryKeyText(key, table.layout);
  const [partition, place] = placeOf(key, source.layout, tie);
  return { partition, place };
}

function shared(input: QueryInput | ScanInput) {
  const { FilterExpression: filter, ProjectionExpression: projection } = input;
  return [
    ['FilterExpression', filter === undefined ? undefined : filterExpression(filter)],
    ['ProjectionExpression', projection === undefined ? undefined : projectionExpression(projection)],
  ] as const;
}

function placeholdersOf(input: QueryInput | ScanInput): Placeholders {
  return { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
}

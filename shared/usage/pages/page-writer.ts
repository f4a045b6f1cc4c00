import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { Throttled } from '#shared/platform/failure.ts';
import { PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import { overflowPage, PAGE_ATTRIBUTES } from './page-key.ts';

export interface PageToWrite {
  readonly name: string;
  /** Without overflow number. */
  readonly page: string;
  /** Seconds since 1970. */
  readonly expiresAtSeconds: number;
  /** Attributes that are not written, of which it is asked whether they are there. */
  readonly lookFor?: readonly string[];
}

/**
 * Port: puts attributes on a page where they are not there yet, and answers the text of those that were there before,
 * and of those that were looked for.
 * @throws Throttled when the same call is likely to succeed later
 */
export type WritePage = (page: PageToWrite, texts: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, string>>;

/** 100 assignments are an expression of 2.7 KB; 4 KB is DynamoDB's limit. */
const RECORDS_PER_UPDATE = 100;
/** An item has at most 400 KB; an update consumes a unit per KB of the whole item. */
const FULL_AT_KB = 350;
const OVERFLOW_PAGES = 1_000;

/**
 * writer A: SET #r = if_not_exists(#r, a), if not full ──▶ first write wins
 * writer B: SET #r = if_not_exists(#r, b), if not full ──▶ sees a in the old item: same → duplicate, other → conflict
 * writer C: ... the page is full ──▶ refused, with the page in the answer: what is there needs no writing, the rest
 *           goes to the next page. A mark of fullness that comes late can leave a record on two pages; readers take one.
 */
export function tablePageWriter(client: DynamoDBClient, table: string): WritePage {
  return async (page, texts) => {
    const before = new Map<string, string>();
    let rest: readonly Text[] = [...texts];
    for (let n = 0; rest.length > 0; n++) {
      if (n === OVERFLOW_PAGES) throw new Error('A page has no end.');
      rest = await fillPage({ client, table, ...page, page: overflowPage(page.page, n) }, rest, before);
    }
    return before;
  };
}

type Text = readonly [attribute: string, text: string];

interface PageItem extends PageToWrite {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** Returns what did not find room; adds to `before` what was there. */
async function fillPage(item: PageItem, texts: readonly Text[], before: Map<string, string>): Promise<readonly Text[]> {
  for (let start = 0; start < texts.length; start += RECORDS_PER_UPDATE) {
    const asked = texts.slice(start, start + RECORDS_PER_UPDATE);
    const { isFull, old } = await updatePage(item, asked);
    const open = isFull ? texts.slice(start) : asked;
    for (const attribute of [...open.map(([name]) => name), ...(item.lookFor ?? [])]) {
      const text = old[attribute]?.S;
      if (text !== undefined) before.set(attribute, text);
    }
    if (isFull) return open.filter(([attribute]) => !before.has(attribute));
  }
  return [];
}

/**
 * `isFull`: nothing was written, and `old` is the whole page. Otherwise `old` has those attributes that were there, and
 * the others too where something is looked for.
 */
interface Update {
  readonly isFull: boolean;
  readonly old: Readonly<Record<string, AttributeValue>>;
}

async function updatePage(item: PageItem, texts: readonly Text[]): Promise<Update> {
  try {
    const answer = await item.client.send(updateCommand(item, texts));
    if ((answer.ConsumedCapacity?.CapacityUnits ?? 0) >= FULL_AT_KB) await markFull(item);
    return { isFull: false, old: answer.Attributes ?? {} };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { isFull: true, old: error.Item ?? {} };
    if (!isTooLarge(error)) throw throttledOr(error);
    await markFull(item);
    return updatePage(item, texts);
  }
}

function updateCommand(item: PageItem, texts: readonly Text[]): UpdateItemCommand {
  const names: Record<string, string> = { '#x': PAGE_ATTRIBUTES.expiresAt, '#f': PAGE_ATTRIBUTES.full };
  const values: Record<string, AttributeValue> = { ':x': { N: String(item.expiresAtSeconds) } };
  const assignments = texts.map(([attribute, text], n) => {
    names[`#${n}`] = attribute;
    values[`:${n}`] = { S: text };
    return `#${n}=if_not_exists(#${n},:${n})`;
  });
  return new UpdateItemCommand({
    TableName: item.table,
    Key: keyOf(item),
    UpdateExpression: `SET #x=:x,${assignments.join(',')}`,
    ConditionExpression: 'attribute_not_exists(#f)',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
    // The whole page only where something is looked for: it may have 400 KB.
    ReturnValues: item.lookFor?.length ? 'ALL_OLD' : 'UPDATED_OLD',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnConsumedCapacity: 'TOTAL',
  });
}

async function markFull(item: PageItem): Promise<void> {
  await item.client
    .send(
      new UpdateItemCommand({
        TableName: item.table,
        Key: keyOf(item),
        UpdateExpression: 'SET #f=:f',
        ExpressionAttributeNames: { '#f': PAGE_ATTRIBUTES.full },
        ExpressionAttributeValues: { ':f': { BOOL: true } },
      }),
    )
    .catch(error => {
      throw throttledOr(error);
    });
}

function keyOf({ name, page }: PageItem): Record<string, AttributeValue> {
  return { [PAGES_LAYOUT.partition]: { S: name }, [PAGES_LAYOUT.sort]: { S: page } };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException' && /item size/i.test(error.message);
}

const THROTTLES = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
]);

function throttledOr(error: unknown): unknown {
  return error instanceof Error && THROTTLES.has(error.name)
    ? new Throttled('pages-busy', 'The usage pages are throttled.', { cause: error })
    : error;
}

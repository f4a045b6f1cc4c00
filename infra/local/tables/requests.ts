import * as z from 'zod';
import { invalid } from './failure.ts';
import { readItem, readValue, type Value } from './value.ts';

/** Parameters that the engine does not know would be disobeyed in silence: the old way to say conditions is refused. */
const OLD_PARAMETERS = [
  'Expected',
  'AttributeUpdates',
  'AttributesToGet',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

const Capacity = z.enum(['NONE', 'TOTAL', 'INDEXES']).default('NONE');
const Names = z.record(z.string(), z.string()).default({});
const Values = z.record(z.string(), z.unknown()).default({}).transform(valuesOf);
const AnItem = z.unknown().transform(readItem);
const OnFailure = z.enum(['NONE', 'ALL_OLD']).default('NONE');
const placeholders = { ExpressionAttributeNames: Names, ExpressionAttributeValues: Values };
const conditional = {
  TableName: z.string(),
  ConditionExpression: z.string().optional(),
  ...placeholders,
  ReturnValuesOnConditionCheckFailure: OnFailure,
};

export const GetItemInput = z.object({
  TableName: z.string(),
  Key: AnItem,
  ConsistentRead: z.boolean().default(false),
  ProjectionExpression: z.string().optional(),
  ExpressionAttributeNames: Names,
  ReturnConsumedCapacity: Capacity,
});

export const PutInput = z.object({ ...conditional, Item: AnItem });
export const UpdateInput = z.object({ ...conditional, Key: AnItem, UpdateExpression: z.string().optional() });
export const DeleteInput = z.object({ ...conditional, Key: AnItem });
export const CheckInput = z.object({ ...conditional, Key: AnItem, ConditionExpression: z.string() });
export type PutInput = z.infer<typeof PutInput>;
export type UpdateInput = z.infer<typeof UpdateInput>;
export type DeleteInput = z.infer<typeof DeleteInput>;
export type CheckInput = z.infer<typeof CheckInput>;

export const ReturnValues = z.enum(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW']).default('NONE');
/** What the answer to a single write is to hold. */
export const WriteAnswer = z.object({ ReturnValues, ReturnConsumedCapacity: Capacity });

const paged = {
  TableName: z.string(),
  IndexName: z.string().optional(),
  ...placeholders,
  FilterExpression: z.string().optional(),
  ProjectionExpression: z.string().optional(),
  Select: z.string().optional(),
  Limit: z.int().min(1).optional(),
  ConsistentRead: z.boolean().default(false),
  ExclusiveStartKey: AnItem.optional(),
  ReturnConsumedCapacity: Capacity,
};
export const QueryInput = z.object({
  ...paged,
  KeyConditionExpression: z.string(),
  ScanIndexForward: z.boolean().default(true),
});
export const ScanInput = z.object({ ...paged, TotalSegments: z.undefined().optional() });
export type QueryInput = z.infer<typeof QueryInput>;
export type ScanInput = z.infer<typeof ScanInput>;

export const TransactWriteInput = z.object({
  TransactItems: z
    .array(
      z.object({
        Put: PutInput.optional(),
        Update: UpdateInput.extend({ UpdateExpression: z.string() }).optional(),
        Delete: DeleteInput.optional(),
        ConditionCheck: CheckInput.optional(),
      }),
    )
    .min(1)
    .max(100),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnConsumedCapacity: Capacity,
});
export const BatchGetInput = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({
      Keys: z.array(AnItem).min(1),
      ConsistentRead: z.boolean().default(false),
      ProjectionExpression: z.string().optional(),
      ExpressionAttributeNames: Names,
    }),
  ),
  ReturnConsumedCapacity: Capacity,
});
export const BatchWriteInput = z.object({
  RequestItems: z.record(
    z.string(),
    z
      .array(
        z.object({
          PutRequest: z.object({ Item: AnItem }).optional(),
          DeleteRequest: z.object({ Key: AnItem }).optional(),
        }),
      )
      .min(1),
  ),
  ReturnConsumedCapacity: Capacity,
});

/** @throws a refusal as DynamoDB's, whose message names the parameter */
export function read<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const old = OLD_PARAMETERS.find(name => typeof input === 'object' && input !== null && name in input);
  if (old !== undefined) throw invalid(`${old} is not known to the local tables.`);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(`1 validation error detected: ${z.prettifyError(parsed.error)}`);
}

function valuesOf(given: Record<string, unknown>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readValue(value)]));
}
export type GetItemInput = z.infer<typeof GetItemInput>;
export type TransactWriteInput = z.infer<typeof TransactWriteInput>;
export type BatchGetInput = z.infer<typeof BatchGetInput>;
export type BatchWriteInput = z.infer<typeof BatchWriteInput>;
export type ReturnValues = z.infer<typeof ReturnValues>;

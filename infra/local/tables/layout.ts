import * as z from 'zod';
import { invalid } from './failure.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })).min(1);
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).default('ALL'),
  NonKeyAttributes: z.array(z.string()).default([]),
});
const ScalarType = z.enum(['S', 'N', 'B']);

/** Input of CreateTable, as far as it is obeyed: what else may be said is about AWS's own machines. */
export const TableInput = z.object({
  TableName: z.string().regex(/^[a-zA-Z0-9_.-]{3,255}$/),
  KeySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: ScalarType })),
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema, Projection: Projection.prefault({}) }))
    .default([]),
});
export type TableInput = z.infer<typeof TableInput>;

export interface KeyLayout {
  readonly partition: string;
  readonly sort: string | undefined;
}

export interface IndexLayout extends KeyLayout {
  readonly name: string;
  /** What an entry holds besides the keys; `undefined`: everything. */
  readonly included: readonly string[] | undefined;
}

export interface TableLayout extends KeyLayout {
  readonly name: string;
  readonly indexes: readonly IndexLayout[];
  readonly types: ReadonlyMap<string, z.infer<typeof ScalarType>>;
}

export function layoutOf(input: TableInput): TableLayout {
  const types = new Map(
    input.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const indexes = input.GlobalSecondaryIndexes.map(({ IndexName, KeySchema: schema, Projection: projected }) => ({
    name: IndexName,
    ...keysOf(schema),
    included: projected.ProjectionType === 'ALL' ? undefined : projected.NonKeyAttributes,
  }));
  const layout = { name: input.TableName, ...keysOf(input.KeySchema), indexes, types };
  for (const { partition, sort } of [layout, ...indexes]) {
    for (const name of sort === undefined ? [partition] : [partition, sort]) {
      if (!types.has(name)) {
        throw invalid(
          'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions',
        );
      }
    }
  }
  return layout;
}

export function namesOf({ partition, sort }: KeyLayout): readonly string[] {
  return sort === undefined ? [partition] : [partition, sort];
}

function keysOf(schema: z.infer<typeof KeySchema>): KeyLayout {
  const named = (type: 'HASH' | 'RANGE') => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const partition = named('HASH');
  if (partition === undefined) throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  return { partition, sort: named('RANGE') };
}

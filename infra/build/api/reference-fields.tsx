import type { VNode } from 'preact';
import * as z from 'zod';

/** As much of JSON Schema as the document uses. */
const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Schema = z.output<typeof Schema>;

interface FieldsProps {
  readonly schema: unknown;
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** What a schema says, as text and a list of its fields. */
export function Fields({ schema, schemas }: FieldsProps): VNode {
  const read = resolved(schema, schemas);
  const inner = [read, ...(read.anyOf ?? []).map(one => resolved(one, schemas))]
    .map(one => (one.items === undefined ? one : resolved(one.items, schemas)))
    .find(({ properties }) => properties !== undefined);
  return (
    <>
      <span class="soft">{typeText(read, schemas)}</span>
      {inner?.properties !== undefined && (
        <ul class="fields">
          {Object.entries(inner.properties).map(([name, field]) => (
            <li>
              <code>{name}</code>
              {inner.required.includes(name) ? '' : '?'} <Fields schema={field} schemas={schemas} />{' '}
              {resolved(field, schemas).description}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function resolved(schema: unknown, schemas: FieldsProps['schemas']): Schema {
  const read = Schema.parse(schema ?? {});
  const name = read.$ref?.split('/').at(-1);
  return name === undefined ? read : Schema.parse(schemas[name]);
}

function typeText(schema: Schema, schemas: FieldsProps['schemas']): string {
  const { anyOf, const: only, items, format } = schema;
  if (schema.enum !== undefined) return schema.enum.map(value => JSON.stringify(value)).join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (anyOf !== undefined) return anyOf.map(one => typeText(resolved(one, schemas), schemas)).join(' | ');
  if (items !== undefined) return `list of ${typeText(resolved(items, schemas), schemas)}`;
  const type = [schema.type ?? 'anything'].flat().join(' | ');
  const form = format === undefined ? type : `${type}, ${format}`;
  return schema.default === undefined ? form : `${form}, default ${JSON.stringify(schema.default)}`;
}

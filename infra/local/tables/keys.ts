import { invalid } from './failure.ts';
import { type IndexLayout, namesOf, type TableLayout } from './layout.ts';
import { type Item, typeOf, type Value } from './value.ts';

/** docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const LONGEST_PARTITION = 2_048;
const LONGEST_SORT = 1_024;

/** A scalar as text that is the same for equal values only. */
export function scalarText(value: Value): string {
  if ('S' in value) return `S${value.S}`;
  if ('N' in value) return `N${value.N}`;
  return 'B' in value ? `B${value.B}` : '';
}

/** Names an item of its table. */
export function primaryKeyText(item: Item, layout: TableLayout): string {
  const [partition, sort] = namesOf(layout).map(name => item[name]);
  return `${partition && scalarText(partition)}\0${sort ? scalarText(sort) : ''}`;
}

export function keyOf(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

/** The key of a request: exactly the table's key attributes, of their types. */
export function checkKey(key: Item, layout: TableLayout): Item {
  const names = namesOf(layout);
  const fits =
    Object.keys(key).length === names.length && names.every(name => isOfType(key[name], layout.types.get(name)));
  if (!fits) throw invalid('The provided key element does not match the schema');
  checkKeyValues(key, layout);
  return key;
}

/** An item that is to be stored has its table's key, and no index key of another type than declared. */
export function checkItemKeys(item: Item, layout: TableLayout): void {
  for (const name of namesOf(layout)) {
    const value = item[name];
    if (value === undefined)
      throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    const wanted = layout.types.get(name);
    if (!isOfType(value, wanted)) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for key ${name} expected: ${wanted} actual: ${typeOf(value)}`,
      );
    }
  }
  checkKeyValues(item, layout);
  for (const index of layout.indexes) checkIndexKeys(item, layout, index);
}

function checkIndexKeys(item: Item, layout: TableLayout, index: IndexLayout): void {
  for (const name of namesOf(index)) {
    const value = item[name];
    if (value === undefined) continue;
    const wanted = layout.types.get(name);
    if (!isOfType(value, wanted)) {
      throw invalid(
        `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${wanted} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    }
    if (isEmpty(value)) {
      throw invalid(
        'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
          `The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index.name}, IndexKey: ${name}`,
      );
    }
  }
}

function checkKeyValues(key: Item, layout: TableLayout): void {
  namesOf(layout).forEach((name, position) => {
    const value = key[name];
    if (value === undefined) return;
    if (isEmpty(value)) {
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
      );
    }
    const longest = position === 0 ? LONGEST_PARTITION : LONGEST_SORT;
    if (lengthOf(value) <= longest) return;
    const which = position === 0 ? 'hashkey' : 'rangekey';
    throw invalid(
      `One or more parameter values were invalid: Size of ${which} has exceeded the maximum size limit of${longest} bytes`,
    );
  });
}

function isOfType(value: Value | undefined, type: string | undefined): boolean {
  return value !== undefined && typeOf(value) === type;
}

function isEmpty(value: Value): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function lengthOf(value: Value): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  return 'B' in value ? Buffer.byteLength(value.B, 'base64') : 0;
}

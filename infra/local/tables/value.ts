import { invalid } from './failure.ts';
import { plainNumber } from './number.ts';

/** An attribute's value as the API writes it. Never changed in place: snapshots share it. */
export type Value =
  | { readonly S: string }
  | { readonly N: string }
  /** base64 */
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: boolean }
  | { readonly L: readonly Value[] }
  | { readonly M: Item }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] };

export type Item = Readonly<Record<string, Value>>;

export type TypeName = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'L' | 'M' | 'SS' | 'NS' | 'BS';

export function typeOf(value: Value): TypeName {
  if ('S' in value) return 'S';
  if ('N' in value) return 'N';
  if ('M' in value) return 'M';
  if ('L' in value) return 'L';
  if ('BOOL' in value) return 'BOOL';
  if ('NULL' in value) return 'NULL';
  if ('B' in value) return 'B';
  if ('SS' in value) return 'SS';
  return 'NS' in value ? 'NS' : 'BS';
}

/** The elements of a set with its type; `undefined`: it is not a set. */
export function setOf(value: Value): { type: 'SS' | 'NS' | 'BS'; elements: readonly string[] } | undefined {
  if ('SS' in value) return { type: 'SS', elements: value.SS };
  if ('NS' in value) return { type: 'NS', elements: value.NS };
  if ('BS' in value) return { type: 'BS', elements: value.BS };
  return undefined;
}

export function setValue(type: 'SS' | 'NS' | 'BS', elements: readonly string[]): Value {
  if (type === 'SS') return { SS: elements };
  return type === 'NS' ? { NS: elements } : { BS: elements };
}

/** Reads an item from a request. @throws a refusal as DynamoDB words it */
export function readItem(given: unknown): Item {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('An item must be a map.');
  const item: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) item[name] = readValue(value);
  return item;
}

export function readValue(given: unknown): Value {
  if (typeof given !== 'object' || given === null) throw invalid('An attribute value must be a map.');
  const [entry, ...others] = Object.entries(given);
  if (entry === undefined || others.length > 0) {
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  const [type, content]: [string, unknown] = entry;
  switch (type) {
    case 'S':
      return { S: textOf(content) };
    case 'N':
      return { N: plainNumber(textOf(content)) };
    case 'B':
      return { B: textOf(content) };
    case 'BOOL':
      return { BOOL: content === true };
    case 'NULL':
      return { NULL: true };
    case 'M':
      return { M: readItem(content) };
    case 'L':
      return { L: listOf(content).map(readValue) };
    case 'SS':
      return { SS: distinct(listOf(content).map(textOf), 'string set') };
    case 'NS':
      return {
        NS: distinct(
          listOf(content).map(number => plainNumber(textOf(number))),
          'number set',
        ),
      };
    case 'BS':
      return { BS: distinct(listOf(content).map(textOf), 'binary set') };
    default:
      throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
}

function textOf(content: unknown): string {
  if (typeof content !== 'string') throw invalid('An attribute value has the wrong type.');
  return content;
}

function listOf(content: unknown): readonly unknown[] {
  if (!Array.isArray(content)) throw invalid('An attribute value has the wrong type.');
  return content;
}

function distinct(elements: readonly string[], kind: string): readonly string[] {
  if (elements.length === 0) throw invalid(`One or more parameter values were invalid: An ${kind}  may not be empty`);
  if (new Set(elements).size < elements.length) {
    throw invalid('One or more parameter values were invalid: Input collection contains duplicates');
  }
  return elements;
}

import { type Placeholders, resolved } from './expressions/placeholders.ts';
import type { Condition, Operand } from './expressions/syntax.ts';
import { invalid } from './failure.ts';
import { type KeyLayout, namesOf } from './layout.ts';
import type { Bound } from './partitions.ts';
import { typeOf, type Value } from './value.ts';

/** What a key condition asks for: one partition, and a part of it in the order of the sort key. */
export interface KeyRange {
  readonly partition: Value;
  readonly low?: Bound;
  readonly high?: Bound;
  readonly prefix?: Value;
}

/** Reads `pk = :pk AND sk BETWEEN :from AND :to` and its like. @throws a refusal for anything else */
export function keyRangeOf(
  condition: Condition,
  layout: KeyLayout,
  types: ReadonlyMap<string, string>,
  given: Placeholders,
): KeyRange {
  const parts = partsOf(condition);
  const names = parts.map(part => nameOf(part, given));
  for (const wanted of names) {
    if (!namesOf(layout).includes(wanted)) {
      const missed = namesOf(layout).find(name => !names.includes(name)) ?? layout.partition;
      throw invalid(`Query condition missed key schema element: ${missed}`);
    }
  }
  if (parts.length > 2 || new Set(names).size < names.length) throw invalid('Conditions must be of length 1 or 2');
  const [onPartition, onSort] = [parts[names.indexOf(layout.partition)], parts[names.indexOf(layout.sort ?? '')]];
  if (onPartition === undefined) throw invalid(`Query condition missed key schema element: ${layout.partition}`);
  if (onPartition.kind !== 'compare' || onPartition.comparator !== '=')
    throw invalid('Query key condition not supported');
  const value = (operand: Operand, name: string) => typedValue(operand, name, types, given);
  const partition = value(onPartition.right, layout.partition);
  return { partition, ...(onSort && sortRange(onSort, operand => value(operand, layout.sort ?? ''))) };
}

function partsOf(condition: Condition): Condition[] {
  return condition.kind === 'and' ? [...partsOf(condition.left), ...partsOf(condition.right)] : [condition];
}

function nameOf(part: Condition, given: Placeholders): string {
  const operand =
    part.kind === 'compare'
      ? part.left
      : part.kind === 'between' || part.kind === 'begins-with'
        ? part.operand
        : undefined;
  if (operand?.kind !== 'path')
    throw invalid('Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression');
  const [name] = resolved(operand.path, given);
  if (operand.path.length > 1) {
    throw invalid(
      'Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes',
    );
  }
  return String(name);
}

function sortRange(part: Condition, value: (operand: Operand) => Value): Omit<KeyRange, 'partition'> {
  switch (part.kind) {
    case 'between':
      return {
        low: { value: value(part.low), isInclusive: true },
        high: { value: value(part.high), isInclusive: true },
      };
    case 'begins-with': {
      const prefix = value(part.argument);
      return { low: { value: prefix, isInclusive: true }, prefix };
    }
    case 'compare': {
      const bound = value(part.right);
      switch (part.comparator) {
        case '=':
          return { low: { value: bound, isInclusive: true }, high: { value: bound, isInclusive: true } };
        case '<':
        case '<=':
          return { high: { value: bound, isInclusive: part.comparator === '<=' } };
        case '>':
        case '>=':
          return { low: { value: bound, isInclusive: part.comparator === '>=' } };
        default:
          throw invalid('Invalid operator used in KeyConditionExpression: <>');
      }
    }
    default:
      throw invalid('Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression');
  }
}

function typedValue(operand: Operand, name: string, types: ReadonlyMap<string, string>, given: Placeholders): Value {
  const value = operand.kind === 'value' ? given.values[operand.name] : undefined;
  if (value === undefined)
    throw invalid('Invalid KeyConditionExpression: Invalid operand used in KeyConditionExpression');
  if (typeOf(value) !== types.get(name)) {
    throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
  }
  return value;
}

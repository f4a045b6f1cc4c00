import { compareValues, isEqual } from '../compare.ts';
import { type Item, setOf, typeOf, type Value } from '../value.ts';
import { valueAt } from './paths.ts';
import { type Placeholders, resolved } from './placeholders.ts';
import type { Comparator, Condition, Operand } from './syntax.ts';

/** Whether the condition holds for the item; an item that is not there is an empty one. */
export function holds(condition: Condition, item: Item, given: Placeholders): boolean {
  const value = (operand: Operand) => operandValue(operand, item, given);
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item, given) && holds(condition.right, item, given);
    case 'or':
      return holds(condition.left, item, given) || holds(condition.right, item, given);
    case 'not':
      return !holds(condition.condition, item, given);
    case 'compare':
      return doCompare(condition.comparator, value(condition.left), value(condition.right));
    case 'between': {
      const operand = value(condition.operand);
      return doCompare('>=', operand, value(condition.low)) && doCompare('<=', operand, value(condition.high));
    }
    case 'in': {
      const operand = value(condition.operand);
      return condition.list.some(one => doCompare('=', operand, value(one)));
    }
    case 'exists':
      return valueAt(item, resolved(condition.path, given)) !== undefined;
    case 'not-exists':
      return valueAt(item, resolved(condition.path, given)) === undefined;
    case 'begins-with':
      return doesBegin(value(condition.operand), value(condition.argument));
    case 'contains':
      return doesContain(value(condition.operand), value(condition.argument));
    case 'type': {
      const [operand, type] = [value(condition.operand), value(condition.argument)];
      return operand !== undefined && type !== undefined && 'S' in type && typeOf(operand) === type.S;
    }
    default:
      return condition satisfies never;
  }
}

export function operandValue(operand: Operand, item: Item, given: Placeholders): Value | undefined {
  switch (operand.kind) {
    case 'value':
      return given.values[operand.name];
    case 'path':
      return valueAt(item, resolved(operand.path, given));
    case 'size': {
      const size = sizeOfValue(valueAt(item, resolved(operand.path, given)));
      return size === undefined ? undefined : { N: String(size) };
    }
    default:
      return operand satisfies never;
  }
}

function doCompare(comparator: Comparator, left: Value | undefined, right: Value | undefined): boolean {
  // An attribute that is not there differs from every value, and is in no order to any.
  if (left === undefined || right === undefined) return comparator === '<>';
  if (comparator === '=') return isEqual(left, right);
  if (comparator === '<>') return !isEqual(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return comparator satisfies never;
  }
}

function doesBegin(value: Value | undefined, prefix: Value | undefined): boolean {
  if (value === undefined || prefix === undefined) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function doesContain(value: Value | undefined, part: Value | undefined): boolean {
  if (value === undefined || part === undefined) return false;
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('L' in value) return value.L.some(one => isEqual(one, part));
  const set = setOf(value);
  if (set === undefined) return false;
  const scalar = 'S' in part ? part.S : 'N' in part ? part.N : 'B' in part ? part.B : undefined;
  return scalar !== undefined && set.type.startsWith(typeOf(part)) && set.elements.includes(scalar);
}

function sizeOfValue(value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return setOf(value)?.elements.length;
}

import { invalid } from '../failure.ts';
import { addNumbers } from '../number.ts';
import { type Item, setOf, setValue, type Value } from '../value.ts';
import { operandValue } from './evaluate.ts';
import { doOverlap, printPath, valueAt, withValueAt } from './paths.ts';
import { type Placeholders, resolved } from './placeholders.ts';
import type { Path, SetOperand, UpdateAction } from './syntax.ts';

const WRONG_OPERAND = 'An operand in the update expression has an incorrect data type';
const MISSING_ATTRIBUTE = 'The provided expression refers to an attribute that does not exist in the item';

/** The item after the update; all values are those before it. */
export function updated(item: Item, actions: readonly UpdateAction[], given: Placeholders): Item {
  const changes = actions.map(action => {
    const path = resolved(action.path, given);
    return { path, value: newValue(action, path, item, given) };
  });
  let after = item;
  for (const { path, value } of changes) if (value !== undefined) after = withValueAt(after, path, value);
  // What is removed from a list moves what stands behind it: the last goes first.
  const removals = changes.filter(({ value }) => value === undefined).sort((a, b) => indexOf(b.path) - indexOf(a.path));
  for (const { path } of removals) if (valueAt(after, path) !== undefined) after = withValueAt(after, path, undefined);
  return after;
}

function indexOf(path: Path): number {
  const last = path.at(-1);
  return typeof last === 'number' ? last : -1;
}

/** No two actions touch the same place. */
export function checkOverlaps(paths: readonly Path[]): void {
  if (paths.every(path => path.length === 1)) {
    const names = paths.map(([name]) => name);
    if (new Set(names).size === names.length) return;
  }
  paths.forEach((path, index) => {
    const other = paths.slice(0, index).find(one => doOverlap(one, path));
    if (other === undefined) return;
    throw invalid(
      'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; ' +
        `path one: ${printPath(other)}, path two: ${printPath(path)}`,
    );
  });
}

function newValue(action: UpdateAction, path: Path, item: Item, given: Placeholders): Value | undefined {
  switch (action.kind) {
    case 'set':
      return setOperandValue(action.value, item, given);
    case 'remove':
      return undefined;
    case 'add':
      return added(valueAt(item, path), given.values[action.name]);
    case 'delete':
      return without(valueAt(item, path), given.values[action.name]);
    default:
      return action satisfies never;
  }
}

function setOperandValue(operand: SetOperand, item: Item, given: Placeholders): Value {
  switch (operand.kind) {
    case 'if-not-exists':
      return valueAt(item, resolved(operand.path, given)) ?? setOperandValue(operand.otherwise, item, given);
    case 'append': {
      const [first, second] = [
        setOperandValue(operand.first, item, given),
        setOperandValue(operand.second, item, given),
      ];
      if ('L' in first && 'L' in second) return { L: [...first.L, ...second.L] };
      throw invalid(WRONG_OPERAND);
    }
    case 'plus':
    case 'minus': {
      const [left, right] = [setOperandValue(operand.left, item, given), setOperandValue(operand.right, item, given)];
      if ('N' in left && 'N' in right) return { N: addNumbers(left.N, right.N, operand.kind === 'plus' ? 1 : -1) };
      throw invalid(WRONG_OPERAND);
    }
    default: {
      const value = operandValue(operand, item, given);
      if (value === undefined) throw invalid(MISSING_ATTRIBUTE);
      return value;
    }
  }
}

function added(before: Value | undefined, value: Value | undefined): Value {
  if (value === undefined) throw invalid(WRONG_OPERAND);
  if ('N' in value) {
    if (before === undefined) return value;
    if ('N' in before) return { N: addNumbers(before.N, value.N) };
    throw invalid(WRONG_OPERAND);
  }
  const more = setOf(value);
  if (more === undefined) {
    throw invalid('Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD');
  }
  if (before === undefined) return value;
  const set = setOf(before);
  if (set?.type !== more.type) throw invalid(WRONG_OPERAND);
  return setValue(set.type, [...new Set([...set.elements, ...more.elements])]);
}

/** `undefined`: nothing is left of the set. */
function without(before: Value | undefined, value: Value | undefined): Value | undefined {
  const less = value === undefined ? undefined : setOf(value);
  if (less === undefined) {
    throw invalid('Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE');
  }
  if (before === undefined) return undefined;
  const set = setOf(before);
  if (set?.type !== less.type) throw invalid(WRONG_OPERAND);
  const left = set.elements.filter(one => !less.elements.includes(one));
  return left.length === 0 ? undefined : setValue(set.type, left);
}

import { invalid } from '../failure.ts';
import type { Item, Value } from '../value.ts';
import type { Path } from './syntax.ts';

/** What stands at a path of real names. */
export function valueAt(item: Item, path: Path): Value | undefined {
  let value: Value | undefined = { M: item };
  for (const step of path) {
    if (value === undefined) return undefined;
    if (typeof step === 'string') value = 'M' in value ? value.M[step] : undefined;
    else value = 'L' in value ? value.L[step] : undefined;
  }
  return value;
}

/** The item with another value at the path; `undefined` removes it. What is above the path must be there. */
export function withValueAt(item: Item, path: Path, value: Value | undefined): Item {
  const changed = changedAt({ M: item }, path, value);
  return 'M' in changed ? changed.M : item;
}

function changedAt(container: Value | undefined, [step, ...rest]: Path, value: Value | undefined): Value {
  if (typeof step === 'string' && container !== undefined && 'M' in container) {
    if (rest.length > 0) return { M: { ...container.M, [step]: changedAt(container.M[step], rest, value) } };
    if (value !== undefined) return { M: { ...container.M, [step]: value } };
    const { [step]: _, ...others } = container.M;
    return { M: others };
  }
  if (typeof step === 'number' && container !== undefined && 'L' in container) {
    if (rest.length > 0) {
      return { L: container.L.with(step, changedAt(container.L[step], rest, value)) };
    }
    if (value === undefined) return { L: container.L.toSpliced(step, 1) };
    return { L: step < container.L.length ? container.L.with(step, value) : [...container.L, value] };
  }
  throw invalid('The document path provided in the update expression is invalid for update');
}

/** Whether one path lies on or below the other. */
export function doOverlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((step, index) => step === b[index]);
}

export function printPath(path: Path): string {
  return `[${path.map(step => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

import { valueAt } from './expressions/paths.ts';
import { type Placeholders, resolved } from './expressions/placeholders.ts';
import type { Parsed, Path } from './expressions/syntax.ts';
import type { Item, Value } from './value.ts';

/** The parts of an item that a projection names; without one, all of it. */
export function projected(item: Item, projection: Parsed<readonly Path[]> | undefined, given: Placeholders): Item {
  if (projection === undefined) return item;
  return partsOf(
    item,
    projection.content.map(path => resolved(path, given)),
  );
}

/** Nested parts keep what they are nested in; of a list only the asked elements are left. */
export function partsOf(item: Item, paths: readonly Path[]): Item {
  const parts: Record<string, Value> = {};
  for (const name of new Set(paths.map(([first]) => String(first)))) {
    const value = item[name];
    const below = paths.filter(([first]) => first === name).map(path => path.slice(1));
    const part = value && partOf(value, below);
    if (part !== undefined) parts[name] = part;
  }
  return parts;
}

function partOf(value: Value, paths: readonly Path[]): Value | undefined {
  if (paths.some(path => path.length === 0)) return value;
  if ('M' in value) {
    const part = partsOf(value.M, paths);
    return Object.keys(part).length > 0 ? { M: part } : undefined;
  }
  if (!('L' in value)) return undefined;
  const asked = [...new Set(paths.map(([index]) => Number(index)))].sort((a, b) => a - b);
  const parts = asked.flatMap(index => {
    const element = valueAt({ list: value }, ['list', index]);
    const below = paths.filter(([first]) => first === index).map(path => path.slice(1));
    return (element && partOf(element, below)) ?? [];
  });
  return parts.length > 0 ? { L: parts } : undefined;
}

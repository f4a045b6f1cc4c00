import { invalid } from '../failure.ts';
import type { Value } from '../value.ts';
import type { Parsed, Path } from './syntax.ts';

/** What a request gives for the placeholders of its expressions. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

/** Every placeholder is given, every given one is used. */
export function checkPlaceholders(
  given: Placeholders,
  expressions: readonly (readonly [what: string, parsed: Parsed<unknown> | undefined])[],
): void {
  const used = { names: new Set<string>(), values: new Set<string>() };
  for (const [what, parsed] of expressions) {
    if (parsed === undefined) continue;
    for (const name of parsed.names) {
      used.names.add(name);
      if (given.names[name] === undefined) {
        throw invalid(
          `Invalid ${what}: An expression attribute name used in the document path is not defined; attribute name: ${name}`,
        );
      }
    }
    for (const name of parsed.values) {
      used.values.add(name);
      if (given.values[name] === undefined) {
        throw invalid(
          `Invalid ${what}: An expression attribute value used in expression is not defined; attribute value: ${name}`,
        );
      }
    }
  }
  checkUsed('ExpressionAttributeNames', given.names, used.names);
  checkUsed('ExpressionAttributeValues', given.values, used.values);
}

function checkUsed(what: string, given: object, used: ReadonlySet<string>): void {
  const unused = Object.keys(given).filter(name => !used.has(name));
  if (unused.length > 0) {
    throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused.join(', ')}}`);
  }
}

/** The path with real names. */
export function resolved(path: Path, { names }: Placeholders): Path {
  return path.map(step => (typeof step === 'string' && step.startsWith('#') ? (names[step] ?? step) : step));
}

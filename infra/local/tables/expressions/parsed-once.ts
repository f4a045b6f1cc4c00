import { parseCondition } from './parse-condition.ts';
import { parsePaths } from './parse-paths.ts';
import { parseUpdate } from './parse-update.ts';
import type { Condition, Parsed, Path, UpdateAction } from './syntax.ts';

/** Programs write the same few expressions again and again. */
const MOST_REMEMBERED = 2_000;

function remembering<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

export const conditionExpression: (text: string) => Parsed<Condition> = remembering(text =>
  parseCondition('ConditionExpression', text),
);
export const filterExpression: (text: string) => Parsed<Condition> = remembering(text =>
  parseCondition('FilterExpression', text),
);
export const keyConditionExpression: (text: string) => Parsed<Condition> = remembering(text =>
  parseCondition('KeyConditionExpression', text),
);
export const updateExpression: (text: string) => Parsed<readonly UpdateAction[]> = remembering(parseUpdate);
export const projectionExpression: (text: string) => Parsed<readonly Path[]> = remembering(parsePaths);

import type { Parsed, Path } from './syntax.ts';
import { Tokens } from './tokens.ts';

/** Reads a projection: `a, #b.c, d[0]`. */
export function parsePaths(text: string): Parsed<readonly Path[]> {
  const tokens = new Tokens('ProjectionExpression', text);
  const paths: Path[] = [];
  do paths.push(tokens.path());
  while (tokens.take(','));
  if (!tokens.isAtEnd) throw tokens.unexpected();
  return { content: paths, names: tokens.names, values: tokens.values };
}

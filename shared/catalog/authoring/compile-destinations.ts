import type { CatalogSource } from './catalog-source.ts';
import { wrongInPrefix } from './prefix.ts';
import type { Findings } from './problem.ts';

/** Prefix (digits, or `exact:112` for a short code) → destination. */
export function compileDestinations(source: CatalogSource, findings: Findings): Record<string, string> {
  const owner = new Map<string, string>();
  for (const [destination, prefixes] of Object.entries(source.destinations)) {
    prefixes.forEach((prefix, index) => {
      const path = ['destinations', destination, index];
      const wrong = wrongInPrefix(prefix);
      if (wrong !== undefined) findings.at(path, 'invalid-value', wrong.reason, wrong.hint);
      const earlier = owner.get(prefix);
      if (earlier !== undefined) findings.at(path, 'duplicate-prefix', `${prefix} belongs to "${earlier}" already`);
      owner.set(prefix, destination);
    });
  }
  return Object.fromEntries(owner);
}

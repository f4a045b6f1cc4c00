import type { CatalogSource } from './catalog-source.ts';
import type { Findings } from './problem.ts';

/** Prefix (digits, or `exact:112` for a short code) → destination. */
export function compileDestinations(source: CatalogSource, findings: Findings): Record<string, string> {
  const owner = new Map<string, string>();
  for (const [destination, prefixes] of Object.entries(source.destinations)) {
    prefixes.forEach((prefix, index) => {
      const path = ['destinations', destination, index];
      if (!/^(\d{1,15}|exact:\d{1,15})$/.test(prefix)) {
        findings.at(path, 'invalid-value', `"${prefix}" is not a prefix`, 'digits without "+", or "exact:112"');
      }
      const earlier = owner.get(prefix);
      if (earlier !== undefined) findings.at(path, 'duplicate-prefix', `${prefix} belongs to "${earlier}" already`);
      owner.set(prefix, destination);
    });
  }
  return Object.fromEntries(owner);
}

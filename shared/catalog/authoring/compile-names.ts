import type { CatalogVersion, RateTable } from '../catalog-version.ts';
import type { CatalogSource } from './catalog-source.ts';
import { type Findings, hintFor } from './problem.ts';

/** What subscribers read for a rate label, a destination or a kind. Each has to name something that is there. */
export function compileNames(
  { names, destinations, plans, addOns }: CatalogSource,
  tables: Readonly<Record<string, RateTable>>,
  findings: Findings,
): CatalogVersion['names'] {
  const known = new Set([
    ...Object.values(tables).flatMap(({ labels }) => labels),
    ...Object.keys(destinations),
    ...[...plans, ...addOns].flatMap(({ charges }) => charges.map(({ kind }) => kind)),
  ]);
  for (const [key, byLanguage] of Object.entries(names)) {
    if (!known.has(key)) {
      const reason = `no rate row, destination or kind is called "${key}"`;
      findings.at(['names', key], 'unknown-reference', reason, hintFor(key, [...known]));
    }
    for (const [language, name] of Object.entries(byLanguage)) {
      if (name.trim() === '') findings.at(['names', key, language], 'invalid-value', `the name of "${key}" is empty`);
    }
  }
  return names;
}

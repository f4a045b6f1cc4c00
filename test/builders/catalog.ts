import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';

/** Sections as they stand in the operator's YAML (contract section 4). */
export type SourceFields = Readonly<Record<string, unknown>>;

/** A plan without allowances, with text messages at 1.00 SEK and 0.10 EUR. */
export function aPlan(fields: SourceFields = {}): SourceFields {
  return {
    id: 'basic',
    name: { en: 'Basic' },
    fee: { EUR: '10.00', SEK: '100.00' },
    charges: [{ id: 'sms', kind: 'sms', price: { EUR: '0.10', SEK: '1.00' } }],
    ...fields,
  };
}

/** The files of a Swedish operator's folder; `files` adds CSV tables: `{ 'voice.csv': rateTable([...]) }`. */
export function catalogFiles(sections: SourceFields = {}, files: Readonly<Record<string, string>> = {}) {
  const catalog = {
    effectiveFrom: '2026-01-01T00:00:00Z',
    home: { networks: ['24001'], country: 'SE' },
    plans: [aPlan()],
    ...sections,
  };
  // JSON is YAML.
  return new Map([['catalog.yaml', JSON.stringify(catalog, null, 2)], ...Object.entries(files)]);
}

/** Compiles it; raises an error that lists every problem. */
export function aCatalog(sections: SourceFields = {}, files: Readonly<Record<string, string>> = {}): CatalogVersion {
  const { catalog, problems } = compileCatalog(catalogFiles(sections, files));
  if (catalog === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return catalog;
}

/** A CSV table from rows `prefix, band, after, currency, setup, price, per, increments`, separated by blanks; `-` is empty. */
export function rateTable(rows: readonly string[]): string {
  const lines = rows.map(row =>
    row
      .trim()
      .split(/\s+/)
      .map(cell => (cell === '-' ? '' : cell))
      .join(','),
  );
  return ['prefix,band,after,currency,setup,price,per,increments', ...lines].join('\n');
}

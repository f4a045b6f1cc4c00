import { printInstant } from '#shared/platform/instant.ts';
import type { CatalogVersion } from '../catalog-version.ts';
import type { Findings } from './problem.ts';

/**
 * What was published stays: under a published date nothing that rating reads may change (names and labels may), and a
 * new version begins after all earlier ones, because it would otherwise change what has been rated.
 */
export function checkAgainstPublished(
  catalog: CatalogVersion,
  published: readonly CatalogVersion[],
  findings: Findings,
): void {
  const date = printInstant(catalog.effectiveFrom);
  const same = published.find(version => version.effectiveFrom === catalog.effectiveFrom);
  if (same !== undefined) {
    for (const { path, what } of differences(same, catalog)) {
      findings.at(
        path,
        'changed-under-old-date',
        `${what} differs from what was published for ${date}`,
        'give it a new effectiveFrom',
      );
    }
    return;
  }
  const newest = Math.max(...published.map(version => version.effectiveFrom));
  if (published.length > 0 && newest > catalog.effectiveFrom) {
    const reason = `${date} lies before the published version of ${printInstant(newest)}`;
    findings.at(['effectiveFrom'], 'overlapping-dates', reason, 'versions are published in order of their dates');
  }
}

interface Difference {
  readonly path: (string | number)[];
  readonly what: string;
}

function* differences(old: CatalogVersion, now: CatalogVersion): Generator<Difference> {
  if (differ(old.zoning, now.zoning)) yield { path: ['zones'], what: 'home or zones' };
  if (differ(old.destinations, now.destinations)) yield { path: ['destinations'], what: 'destinations' };
  if (differ(old.bands, now.bands)) yield { path: ['bands'], what: 'bands' };
  for (const [name, table] of Object.entries(old.tables)) {
    const current = now.tables[name];
    const same =
      current !== undefined && !differ({ ...table, labels: [], labelOf: [] }, { ...current, labels: [], labelOf: [] });
    if (!same) yield { path: ['tables', name], what: `table "${name}"` };
  }
  yield* offerDifferences('plans', old, now);
  yield* offerDifferences('addOns', old, now);
}

function* offerDifferences(
  section: 'plans' | 'addOns',
  old: CatalogVersion,
  now: CatalogVersion,
): Generator<Difference> {
  for (const plan of old[section]) {
    const index = now[section].findIndex(candidate => candidate.id === plan.id);
    const current = now[section][index];
    if (current === undefined) {
      yield { path: [section], what: `${section === 'plans' ? 'plan' : 'add-on'} "${plan.id}" (now missing)` };
      continue;
    }
    if (differ(plan.fee, current.fee)) yield { path: [section, index, 'fee'], what: `the fee of "${plan.id}"` };
    if (differ(nameless(plan.allowances), nameless(current.allowances))) {
      yield { path: [section, index, 'allowances'], what: `an allowance of "${plan.id}"` };
    }
    if (differ(nameless(plan.charges), nameless(current.charges))) {
      yield { path: [section, index, 'charges'], what: `a charge of "${plan.id}"` };
    }
  }
}

function nameless<T extends { readonly name: unknown }>(entries: readonly T[]): object[] {
  return entries.map(entry => ({ ...entry, name: null }));
}

/** Compares as JSON with sorted keys, because the order of a YAML mapping means nothing. */
function differ(a: unknown, b: unknown): boolean {
  return canonical(a) !== canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}

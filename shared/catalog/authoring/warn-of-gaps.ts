import { isBesides } from '#shared/platform/nearest-name.ts';
import { type CatalogVersion, offersOf, type Plan } from '../catalog-version.ts';
import type { Findings } from './problem.ts';

/** What networks report of themselves; every other kind is the operator's own. */
const BUILT_IN_KINDS = ['voice', 'sms', 'mms', 'data'];

/** Warns of what a sound catalog probably does not mean: it would cost the operator or the subscriber money. */
export function warnOfGaps(catalog: CatalogVersion, findings: Findings): void {
  warnOfUnusedBands(catalog, findings);
  warnOfKinds(catalog, findings);
  warnOfMissingRest(catalog, findings);
}

function warnOfUnusedBands(catalog: CatalogVersion, findings: Findings): void {
  const { bands, tables } = catalog;
  const used = new Set([
    ...offersOf(catalog).flatMap(plan =>
      [...plan.charges, ...plan.allowances].flatMap(({ match }) => match.bands ?? []),
    ),
    ...Object.values(tables).flatMap(({ rates }) => Object.values(rates).flatMap(({ byBand }) => Object.keys(byBand))),
  ]);
  for (const { id } of bands) {
    if (used.has(id)) continue;
    const hint = 'its hours cost what others cost';
    findings.warn(['bands', id], 'unused-band', `no charge, allowance or table row is for band "${id}"`, hint);
  }
}

function warnOfKinds({ plans }: CatalogVersion, findings: Findings): void {
  const own = new Set(plans.flatMap(kindsOf).filter(kind => !BUILT_IN_KINDS.includes(kind)));
  for (const kind of own) {
    const meant = BUILT_IN_KINDS.find(known => isBesides(kind, known));
    if (meant === undefined) continue;
    const index = plans.findIndex(plan => kindsOf(plan).includes(kind));
    const reason = `"${kind}" is a kind of your own, by pieces`;
    findings.warn(['plans', index, 'charges'], 'unusual-kind', reason, `did you mean "${meant}"?`);
  }
  const missing = new Map<string, number[]>();
  plans.forEach((plan, index) => {
    const without = [...BUILT_IN_KINDS, ...own].filter(kind => !kindsOf(plan).includes(kind)).join(', ');
    if (without !== '') missing.set(without, [...(missing.get(without) ?? []), index]);
  });
  for (const [kinds, indexes] of missing) {
    const names = indexes.slice(0, 5).map(index => `"${plans[index]?.id}"`);
    const others = indexes.length > 5 ? ` and ${indexes.length - 5} more` : '';
    const reason = `no charge for ${kinds} in plan ${names.join(', ')}${others}`;
    const hint = 'records of a kind without a charge are on no bill';
    findings.warn(['plans', indexes[0] ?? 0, 'charges'], 'kind-without-charge', reason, hint);
  }
}

function kindsOf({ charges }: Plan): string[] {
  return charges.map(({ kind }) => kind);
}

/** A table for calls to anywhere must say what the numbers cost that it does not name. */
function warnOfMissingRest(catalog: CatalogVersion, findings: Findings): void {
  const { tables } = catalog;
  const forAnyNumber = offersOf(catalog).flatMap(plan =>
    plan.charges.flatMap(({ match, pricing }) =>
      match.to === null && match.pairs === undefined && pricing.type === 'table' ? [pricing.table] : [],
    ),
  );
  for (const name of new Set(forAnyNumber)) {
    if (tables[name] === undefined || tables[name].prefixes.includes('*')) continue;
    const reason = `table "${name}" has no row for prefix "*"`;
    findings.warn(
      ['tables', name],
      'no-other-numbers',
      reason,
      'records to numbers that it does not name are on no bill',
    );
  }
}

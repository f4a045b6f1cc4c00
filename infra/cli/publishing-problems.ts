import { billablesOf } from '#shared/catalog/billables-of.ts';
import { type CatalogVersion, currenciesOf, findPlan, offersOf, type Plan } from '#shared/catalog/catalog-version.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';

/**
 * What a sound folder may still not change, given what is published and in use; each problem is a line to print.
 * - Versions after the first start in the future: they would otherwise change what was rated already.
 * - A published plan keeps its fee, its `price` charges and the sections of its `table` charges, and stays: moving
 *   running subscriptions to other prices is not supported yet. Tables, allowances, names, new plans and new currencies are free.
 */
export function publishingProblems(
  catalog: CatalogVersion,
  published: readonly CatalogVersion[],
  now: Instant,
): string[] {
  const before = published.filter(version => version.effectiveFrom < catalog.effectiveFrom).at(-1);
  if (before === undefined) return [];
  return [...pastDate(catalog, published, now), ...changedPlans(catalog, before)];
}

function pastDate(catalog: CatalogVersion, published: readonly CatalogVersion[], now: Instant): string[] {
  const isNew = published.every(version => version.effectiveFrom !== catalog.effectiveFrom);
  if (!isNew || catalog.effectiveFrom >= now) return [];
  const date = printInstant(catalog.effectiveFrom);
  return [`starts-in-the-past: ${date} is over; what was rated since would change. Give it a later effectiveFrom.`];
}

function changedPlans(catalog: CatalogVersion, before: CatalogVersion): string[] {
  return offersOf(before).flatMap(old => {
    const plan = findPlan(catalog, old.id);
    if (plan === undefined)
      return [
        `not-yet-supported: the published plan "${old.id}" is missing; its lines need it. Keep it in the catalog.`,
      ];
    const changed = currenciesOf(old).flatMap(currency =>
      symmetricDifference(keysOf(old, currency), keysOf(plan, currency)),
    );
    if (changed.length === 0) return [];
    return [
      `not-yet-supported: other prices for the published plan "${old.id}" (${changed.join(', ')}). Make a new plan.`,
    ];
  });
}

function keysOf(plan: Plan, currency: string): string[] {
  return currenciesOf(plan).includes(currency) ? billablesOf(plan, currency).map(({ key }) => key) : [];
}

function symmetricDifference(a: readonly string[], b: readonly string[]): string[] {
  return [...a.filter(one => !b.includes(one)), ...b.filter(one => !a.includes(one))];
}

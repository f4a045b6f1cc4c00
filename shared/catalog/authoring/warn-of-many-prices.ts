import { MOST_PRICES } from '../billable.ts';
import { billablesOf } from '../billables-of.ts';
import { type CatalogVersion, currenciesOf } from '../catalog-version.ts';
import type { Findings } from './problem.ts';

/** Warns of each plan of which not even one line can be sold: the provider takes no subscription with so many prices. */
export function warnOfManyPrices(catalog: CatalogVersion, findings: Findings): void {
  catalog.plans.forEach((plan, index) => {
    const counts = currenciesOf(plan).map(currency => billablesOf(plan, currency).length);
    const most = Math.max(0, ...counts);
    if (most <= MOST_PRICES) return;
    findings.warn(
      ['plans', index],
      'too-many-prices',
      `plan "${plan.id}" has ${most} prices, and Stripe takes ${MOST_PRICES} on a subscription: no line on it can be billed`,
      'price some of its charges by a table: all tables of a section share one price',
    );
  });
}

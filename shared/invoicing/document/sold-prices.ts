import type { BillableKey, Section } from '#shared/catalog/billable.ts';
import { allBillables } from '#shared/catalog/billables-of.ts';
import { type Charge, findPlan, type Plan, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, decimal, shift } from '#shared/money/decimal.ts';

interface SoldBase {
  readonly key: BillableKey;
  /** Exact, in major units. */
  readonly unitPrice: Decimal;
  readonly section: Section;
}

/** What a price of the provider stands for. */
export type Sold =
  | (SoldBase & { readonly type: 'fee'; readonly plan: Plan })
  | (SoldBase & { readonly type: 'unit'; readonly plan: Plan; readonly charge: Charge })
  | (SoldBase & { readonly type: 'amount' });

/**
 * By the provider's price id, over all versions; the newest names win. Prices that no version knows are somebody
 * else's.
 */
export function soldPrices(catalogs: readonly PublishedCatalog[]): ReadonlyMap<string, Sold> {
  const sold = new Map<string, Sold>();
  for (const version of catalogs) {
    for (const billable of allBillables(version)) {
      const price = version.stripe.prices[billable.key];
      if (price === undefined) continue;
      const unitPrice = shift(decimal(billable.unitAmountMinor), -minorDigits(billable.currency));
      const base = { key: billable.key, unitPrice };
      if (billable.type === 'amount') {
        sold.set(price, { ...base, type: 'amount', section: billable.section });
        continue;
      }
      const plan = findPlan(version, billable.plan);
      if (plan === undefined) continue;
      if (billable.type === 'fee') {
        sold.set(price, { ...base, type: 'fee', section: 'plans', plan });
        continue;
      }
      const charge = plan.charges.find(({ id }) => id === billable.charge);
      if (charge !== undefined) sold.set(price, { ...base, type: 'unit', section: billable.section, plan, charge });
    }
  }
  return sold;
}

import type { Part } from '#shared/accounts/provisioning/part.ts';
import type { OfferedPlan, Tariff } from '#shared/accounts/provisioning/tariff.ts';
import { billablesOf } from './billables-of.ts';
import { brandOf } from './brand.ts';
import type { CatalogStore } from './catalog-store.ts';
import { currenciesOf, type Plan, type PublishedCatalog } from './catalog-version.ts';

/** What the published catalog offers to accounts, with the ids of Stripe's prices. */
export function tariffOf(catalogStore: CatalogStore): Tariff {
  return {
    async currencies(at) {
      const catalog = await catalogStore.versionAt(at);
      return [...new Set(catalog?.plans.flatMap(currenciesOf))];
    },
    async brands(at) {
      const catalog = await catalogStore.versionAt(at);
      return catalog?.brands.map(({ id }) => id) ?? [];
    },
    async defaults(brandId, at) {
      const catalog = await catalogStore.versionAt(at);
      const brand = catalog && brandOf([catalog], { brand: brandId }, at);
      const home = catalog?.zoning.home;
      return {
        locale: brand?.locale ?? home?.locale ?? 'en',
        timezone: brand?.timezone ?? home?.timezone ?? 'UTC',
        country: brand?.country ?? home?.country,
      };
    },
    async plans(at) {
      const catalog = await catalogStore.versionAt(at);
      return catalog?.plans.map(({ id }) => id) ?? [];
    },
    async plan(planId, at) {
      const catalog = await catalogStore.versionAt(at);
      const plan = catalog?.plans.find(({ id }) => id === planId);
      return catalog && plan && offeredPlan(catalog, plan, 'fee');
    },
    async addOns(at) {
      const catalog = await catalogStore.versionAt(at);
      return catalog?.addOns.map(({ id }) => id) ?? [];
    },
    async addOn(addOnId, at) {
      const catalog = await catalogStore.versionAt(at);
      const addOn = catalog?.addOns.find(({ id }) => id === addOnId);
      return catalog && addOn && offeredPlan(catalog, addOn, 'add-on');
    },
  };
}

function offeredPlan(catalog: PublishedCatalog, plan: Plan, kind: 'fee' | 'add-on'): OfferedPlan {
  const currencies = currenciesOf(plan);
  return {
    currencies,
    parts: currency => (currencies.includes(currency) ? partsOf(catalog, plan, currency, kind) : undefined),
  };
}

function partsOf(catalog: PublishedCatalog, plan: Plan, currency: string, kind: 'fee' | 'add-on'): Part[] {
  const billables = billablesOf(plan, currency);
  const idOf = (key: string) => {
    const id = catalog.stripe.prices[key];
    if (id === undefined) throw new RangeError(`The published catalog has no price for ${key}`);
    return id;
  };
  const fee = billables.find(billable => billable.type === 'fee');
  if (fee === undefined) throw new RangeError(`Plan ${plan.id} has no fee in ${currency}`);
  const metered = billables.filter(billable => billable.type !== 'fee');
  return [
    { kind, id: idOf(fee.key), quantity: 1 },
    ...metered.map(({ key }): Part => ({ kind: 'metered', id: idOf(key) })),
  ];
}

import type { Instant } from '#shared/platform/instant.ts';

/** The published catalog, as accounts see it: what can be had, and the provider's prices for it. */
export interface Tariff {
  /** Currencies in which anything is sold at that moment. */
  currencies(at: Instant): Promise<readonly string[]>;
  /** Ids of the brands at that moment. */
  brands(at: Instant): Promise<readonly string[]>;
  /** `undefined`: there is no such plan at that moment. */
  plan(plan: string, at: Instant): Promise<OfferedPlan | undefined>;
}

export interface OfferedPlan {
  readonly currencies: readonly string[];
  /** `undefined`: not sold in that currency. */
  prices(currency: string): PlanPrices | undefined;
}

/** Ids of the provider's prices. */
export interface PlanPrices {
  /** Per line and month. */
  readonly fee: string;
  /** Everything that usage on the plan may count towards. */
  readonly metered: readonly string[];
}

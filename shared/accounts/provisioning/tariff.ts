import type { Locale } from '#shared/locale/locales.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Part } from './part.ts';

/** The published catalog, as accounts see it: what can be had, and the provider's prices for it. */
export interface Tariff {
  /** Currencies in which anything is sold at that moment. */
  currencies(at: Instant): Promise<readonly string[]>;
  /** Ids of the brands at that moment. */
  brands(at: Instant): Promise<readonly string[]>;
  /** What a new account of the brand gets where it says nothing; without a brand that of the first. */
  defaults(brand: string | undefined, at: Instant): Promise<AccountDefaults>;
  /** Ids of the plans at that moment. */
  plans(at: Instant): Promise<readonly string[]>;
  /** `undefined`: there is no such plan at that moment. */
  plan(plan: string, at: Instant): Promise<OfferedPlan | undefined>;
  /** Ids of the add-ons at that moment. */
  addOns(at: Instant): Promise<readonly string[]>;
  /** `undefined`: there is no such add-on at that moment. */
  addOn(addOn: string, at: Instant): Promise<OfferedPlan | undefined>;
}

/** Where the operator says nothing: English, UTC, and no country. */
export interface AccountDefaults {
  readonly locale: Locale;
  readonly timezone: string;
  /** Of an address without one. */
  readonly country: string | undefined;
}

export interface OfferedPlan {
  readonly currencies: readonly string[];
  /**
   * What one line on the plan brings to the subscription: its fee, and everything that its usage may count towards,
   * from the start, because an item that is added later would not bill what was reported before.
   * `undefined`: not sold in that currency.
   */
  parts(currency: string): readonly Part[] | undefined;
}

import type { Instant, Period } from '#shared/platform/instant.ts';
import type { AccountServices } from '../account-services.ts';
import { regularPeriod } from '../billing-day.ts';
import type { TaxId } from '../records/account-fields.ts';
import type { AccountItem } from '../records/account-item.ts';
import { openAddOns, planOf } from '../records/subscriber-line.ts';
import type { CustomerDetails } from './billing-provider.ts';
import { type LedgerFacts, runningLines } from './ledger-facts.ts';
import type { Part } from './part.ts';
import { togetherOf } from './part-changes.ts';

/** What the account should have at the provider. */
export interface ProvisioningTarget {
  readonly customer: CustomerTarget;
  /** `undefined`: no line runs, and nothing is asked for. A subscription that is there stays as it is. */
  readonly subscription: SubscriptionTarget | undefined;
}

export interface CustomerTarget {
  readonly details: CustomerDetails;
  readonly taxIds: readonly TaxId[];
}

export interface SubscriptionTarget {
  /** Running lines, in their order; the first one is the one that the subscription is made for. */
  readonly lines: readonly [LineTarget, ...LineTarget[]];
  /** Promotions and tax rates of the account as a whole. */
  readonly accountParts: readonly Part[];
  readonly collection: AccountItem['collection'];
  /** The regular period of the moment: a new subscription's first period ends with it. */
  readonly period: Period;
}

export interface LineTarget {
  readonly line: string;
  readonly from: Instant;
  /** Fee, add-ons and metered prices that this one line brings. */
  readonly parts: readonly Part[];
}

/** By plan and add-on: what a line on it brings in the account's currency. */
export type CatalogParts = ReadonlyMap<string, readonly Part[]>;

export function provisioningTarget(facts: LedgerFacts, catalog: CatalogParts, now: Instant): ProvisioningTarget {
  const { account, billingHour } = facts;
  const { name, email, phone, address, locale, taxIds } = account;
  const [first, ...others] = runningLines(facts).map(line => ({
    line: line.line,
    from: line.from,
    parts: [planOf(line), ...openAddOns(line)].flatMap(offer => partsIn(catalog, offer)),
  }));
  return {
    customer: { details: { name, email, phone, address, locale }, taxIds },
    subscription: first && {
      lines: [first, ...others],
      // Neither the account nor the catalog names a promotion or a tax rate yet.
      accountParts: [],
      collection: account.collection,
      period: regularPeriod(now, { day: account.billingDay, hour: billingHour }),
    },
  };
}

/** Everything that a subscription with these lines consists of. */
export function partsOf(target: SubscriptionTarget, lines: readonly LineTarget[] = target.lines): Part[] {
  return togetherOf([...lines.flatMap(({ parts }) => parts), ...target.accountParts]);
}

/** What the target needs to know of the catalog. */
export async function catalogParts(
  { tariff }: AccountServices,
  facts: LedgerFacts,
  now: Instant,
): Promise<CatalogParts> {
  const found = new Map<string, readonly Part[]>();
  for (const plan of new Set(runningLines(facts).map(planOf))) {
    const parts = (await tariff.plan(plan, now))?.parts(facts.account.currency);
    if (parts === undefined) throw new RangeError(`The catalog has no plan ${plan} in ${facts.account.currency}`);
    found.set(plan, parts);
  }
  for (const addOn of new Set(runningLines(facts).flatMap(openAddOns))) {
    const parts = (await tariff.addOn(addOn, now))?.parts(facts.account.currency);
    if (parts === undefined) throw new RangeError(`The catalog has no add-on ${addOn} in ${facts.account.currency}`);
    found.set(addOn, parts);
  }
  return found;
}

function partsIn(catalog: CatalogParts, plan: string): readonly Part[] {
  const parts = catalog.get(plan);
  if (parts === undefined) throw new RangeError(`The catalog was not asked for the plan ${plan}`);
  return parts;
}

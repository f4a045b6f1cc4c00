import type { BillableKey } from '#shared/catalog/billable.ts';
import { allBillables } from '#shared/catalog/billables-of.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';

/** Where a billable is counted and what it is sold at, in the provider's ids. */
export interface BillableMeter {
  readonly eventName: string;
  readonly meterId: string;
  readonly priceId: string;
}

const kept = new WeakMap<PublishedCatalog, ReadonlyMap<BillableKey, BillableMeter>>();

/** The meters of every billable that any of the versions knows. A key means the same in every version. */
export class MeterRegistry {
  readonly #versions: readonly PublishedCatalog[];

  constructor(versions: readonly PublishedCatalog[]) {
    this.#versions = versions;
  }

  /** @throws RangeError for a key that no published version has */
  meterOf(key: BillableKey): BillableMeter {
    for (const version of this.#versions.toReversed()) {
      const meter = metersIn(version).get(key);
      if (meter !== undefined) return meter;
    }
    throw new RangeError(`No published catalog version has a meter and a price for ${key}`);
  }
}

function metersIn(version: PublishedCatalog): ReadonlyMap<BillableKey, BillableMeter> {
  const known = kept.get(version);
  if (known !== undefined) return known;
  const meters = new Map<BillableKey, BillableMeter>();
  for (const billable of allBillables(version)) {
    if (billable.type === 'fee') continue;
    const meterId = version.stripe.meters[billable.eventName];
    const priceId = version.stripe.prices[billable.key];
    if (meterId === undefined || priceId === undefined) continue;
    meters.set(billable.key, { eventName: billable.eventName, meterId, priceId });
  }
  kept.set(version, meters);
  return meters;
}

import Stripe from 'stripe';
import type { Billable, MeteredBillable } from '#shared/catalog/billable.ts';
import { Conflict } from '#shared/platform/failure.ts';
import { callingStripe } from './stripe-failure.ts';

// Everything made here has a name of its own at Stripe: products by id, meters by event name, prices by lookup key.
// So a run that broke off is run again: what is there is found, what is missing is made, nothing twice.

/** What Stripe has of the billables: ids by product id, event name and lookup key. */
export interface PriceBook {
  readonly products: ReadonlySet<string>;
  readonly meters: ReadonlyMap<string, string>;
  readonly prices: ReadonlyMap<string, string>;
}

export interface WantedProduct {
  readonly id: string;
  readonly name: string;
}

/** What publishing would make. */
export interface MissingAtStripe {
  readonly products: readonly WantedProduct[];
  readonly meters: readonly MeteredBillable[];
  readonly prices: readonly Billable[];
}

/**
 * The product that a billable's price belongs to: one per plan for its fee, per charge, and per section of amounts.
 * Stripe's invoices name a line by its product and by nothing else.
 */
export function productIdOf(billable: Billable): string {
  switch (billable.type) {
    case 'fee':
      return `dunlin_plan_${billable.plan}`;
    case 'unit':
      return `dunlin_charge_${billable.plan}_${billable.charge}`;
    case 'amount':
      return `dunlin_amount_${billable.section}`;
    default:
      return billable satisfies never;
  }
}

/**
 * Reads what is there.
 * @throws Conflict `price-differs` when a price under our lookup key is not the one that the catalog has: Stripe's
 * prices cannot be edited, so it was not made by Dunlin
 * @throws Conflict `archived-at-stripe` when a person archived something that lines need
 */
export function readPriceBook(stripe: Stripe, billables: readonly Billable[]): Promise<PriceBook> {
  return callingStripe(async () => {
    const archived: string[] = [];
    const ids = [...new Set(billables.map(productIdOf))];
    const products = new Set<string>();
    for (const some of chunks(ids, 100)) {
      for await (const product of stripe.products.list({ ids: some, limit: 100 })) {
        if (!product.active) archived.push(`product ${product.id}`);
        products.add(product.id);
      }
    }
    const meters = await readMeters(stripe, billables, archived);
    const prices = new Map<string, string>();
    const byKey = new Map(billables.map(billable => [billable.key, billable]));
    // Stripe takes ten lookup keys at a time.
    for (const some of chunks([...byKey.keys()], 10)) {
      for await (const price of stripe.prices.list({ lookup_keys: some, limit: 100 })) {
        const billable = byKey.get(price.lookup_key ?? '');
        if (billable === undefined) continue;
        checkSame(price, billable, meters);
        if (!price.active) archived.push(`price ${price.id} (${billable.key})`);
        prices.set(billable.key, price.id);
      }
    }
    if (archived.length > 0) throw archivedAtStripe(archived);
    return { products, meters, prices };
  });
}

/** A meter that was deactivated counts as archived only where no other one has its event name. */
async function readMeters(stripe: Stripe, billables: readonly Billable[], archived: string[]) {
  const meters = new Map<string, string>();
  const inactive = new Map<string, string>();
  for await (const { event_name, id, status } of stripe.billing.meters.list({ limit: 100 })) {
    (status === 'active' ? meters : inactive).set(event_name, id);
  }
  for (const eventName of new Set(billables.filter(isMetered).map(billable => billable.eventName))) {
    const id = inactive.get(eventName);
    if (id === undefined || meters.has(eventName)) continue;
    archived.push(`meter ${id} (${eventName})`);
    meters.set(eventName, id);
  }
  return meters;
}

function archivedAtStripe(archived: readonly string[]): Conflict {
  const what = archived.join(', ');
  return new Conflict('archived-at-stripe', `Archived at Stripe: ${what}. Make it active there again; lines need it.`);
}

export function missingIn(book: PriceBook, billables: readonly Billable[]): MissingAtStripe {
  const products = new Map(billables.map(billable => [productIdOf(billable), billable.label]));
  const metered = new Map(billables.filter(isMetered).map(billable => [billable.eventName, billable]));
  return {
    products: [...products].filter(([id]) => !book.products.has(id)).map(([id, name]) => ({ id, name })),
    meters: [...metered.values()].filter(({ eventName }) => !book.meters.has(eventName)),
    prices: billables.filter(({ key }) => !book.prices.has(key)),
  };
}

/** Makes what is missing, in the order in which one needs the other; answers the complete book. */
export function completePriceBook(stripe: Stripe, book: PriceBook, missing: MissingAtStripe): Promise<PriceBook> {
  return callingStripe(async () => {
    const products = new Set(book.products);
    for (const { id, name } of missing.products)
      products.add((await stripe.products.create({ id, name: name.slice(0, 250) })).id);
    const meters = new Map(book.meters);
    for (const { eventName, label } of missing.meters) {
      const meter = await stripe.billing.meters.create({
        display_name: label.slice(0, 250),
        event_name: eventName,
        default_aggregation: { formula: 'sum' },
      });
      meters.set(eventName, meter.id);
    }
    const prices = new Map(book.prices);
    for (const billable of missing.prices) {
      prices.set(billable.key, (await stripe.prices.create(priceParams(billable, meters))).id);
    }
    return { products, meters, prices };
  });
}

function priceParams(billable: Billable, meters: ReadonlyMap<string, string>): Stripe.PriceCreateParams {
  return {
    currency: billable.currency.toLowerCase(),
    product: productIdOf(billable),
    lookup_key: billable.key,
    nickname: billable.label,
    unit_amount_decimal: Stripe.Decimal.from(billable.unitAmountMinor),
    recurring: isMetered(billable)
      ? { interval: 'month', usage_type: 'metered', meter: meterOf(billable, meters) }
      : { interval: 'month', usage_type: 'licensed' },
  };
}

function checkSame(price: Stripe.Price, billable: Billable, meters: ReadonlyMap<string, string>): void {
  const amount = price.unit_amount_decimal;
  const same =
    price.currency === billable.currency.toLowerCase() &&
    amount !== null &&
    Stripe.Decimal.from(String(amount)).eq(Stripe.Decimal.from(billable.unitAmountMinor)) &&
    price.recurring?.interval === 'month' &&
    price.recurring.usage_type === (isMetered(billable) ? 'metered' : 'licensed') &&
    (!isMetered(billable) || price.recurring.meter === meters.get(billable.eventName));
  if (!same) throw new Conflict('price-differs', `Stripe's price ${price.id} under ${billable.key} is another one.`);
}

function isMetered(billable: Billable): billable is MeteredBillable {
  return billable.type !== 'fee';
}

function meterOf(billable: MeteredBillable, meters: ReadonlyMap<string, string>): string {
  const id = meters.get(billable.eventName);
  if (id === undefined) throw new RangeError(`There is no meter ${billable.eventName}`);
  return id;
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

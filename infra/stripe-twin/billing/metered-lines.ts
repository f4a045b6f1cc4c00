import { meterOf } from '../objects/meters.ts';
import { priceFrom } from '../objects/prices.ts';
import type { MeteredEntry } from '../records/metered-entry.ts';
import type { Price } from '../records/prices.ts';
import type { Span } from '../records/span.ts';
import type { SubscriptionItem } from '../records/subscription-items.ts';
import type { World } from '../store/world.ts';
import { amountOf, type LineDraft } from './line-drafts.ts';
import { measured } from './usage.ts';
import { chargeWording } from './wording.ts';

export function meteredEntry(world: World, customer: string, item: SubscriptionItem, period: Span): MeteredEntry {
  const lineId = world.ids.next('il');
  return { lineId, item: item.id, price: item.price, customer, period, afterSequence: item.addedSequence };
}

/** Without usage (or with a negative sum, which bills as zero) there is no line. */
export function measuredLine(world: World, entry: MeteredEntry): LineDraft | undefined {
  const price = priceFrom(world, entry.price, 'price');
  const quantity = measured(world, meterOf(world, meterIdOf(price)), entry.customer, {
    ...entry.period,
    afterSequence: entry.afterSequence,
  });
  if (quantity <= 0n) return undefined;
  return {
    amount: amountOf(price, quantity),
    quantity,
    price,
    item: entry.item,
    period: entry.period,
    description: chargeWording(world, price, quantity),
    proration: false,
  };
}

export function isMetered(price: Price): boolean {
  return price.recurring?.usage_type === 'metered';
}

function meterIdOf(price: Price): string {
  const meter = price.recurring?.meter;
  if (!meter) throw new Error(`${price.id} is not metered`);
  return meter;
}

import type { Instant } from '#shared/platform/instant.ts';
import type { MeterEventRecord } from '../records/meter-usage.ts';
import type { Meter } from '../records/meters.ts';
import type { World } from '../store/world.ts';
import { type Fixed, UNIT } from './fixed.ts';

/** Usage of [start, end), Unix seconds. */
export interface UsageWindow {
  readonly start: number;
  readonly end: number;
  /** Only what was reported after this rank. */
  readonly afterSequence?: number;
  /** Only what was reported up to this moment. */
  readonly receivedBy?: Instant;
}

export function keepMeterEvent(world: World, meter: string, customer: string, event: MeterEventRecord): void {
  const key = `${meter}/${customer}`;
  world.store.put('usage', key, [...(world.store.get('usage', key) ?? []), event]);
}

/** What the meter says for a customer and a window. Negative sums are given as they are. */
export function measured(world: World, meter: Meter, customer: string, window: UsageWindow): Fixed {
  const events = (world.store.get('usage', `${meter.id}/${customer}`) ?? []).filter(event => isIn(window, event));
  switch (meter.default_aggregation.formula) {
    case 'sum':
      return events.reduce((sum, event) => sum + BigInt(event.value), 0n);
    case 'count':
      return BigInt(events.length) * UNIT;
    case 'last':
      return latestValue(events);
    default:
      return meter.default_aggregation.formula satisfies never;
  }
}

function isIn(window: UsageWindow, event: MeterEventRecord): boolean {
  if (event.timestamp < window.start || event.timestamp >= window.end) return false;
  if (window.afterSequence !== undefined && event.sequence <= window.afterSequence) return false;
  return window.receivedBy === undefined || event.receivedAt <= window.receivedBy;
}

function latestValue(events: readonly MeterEventRecord[]): Fixed {
  let latest: MeterEventRecord | undefined;
  for (const event of events) if (!latest || event.timestamp >= latest.timestamp) latest = event;
  return latest ? BigInt(latest.value) : 0n;
}

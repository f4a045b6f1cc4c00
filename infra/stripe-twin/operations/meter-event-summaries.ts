import { printFixed } from '../billing/fixed.ts';
import { measured } from '../billing/usage.ts';
import { asStored } from '../objects/as-stored.ts';
import { customerFrom } from '../objects/customers.ts';
import { meterOf } from '../objects/meters.ts';
import type { Meter } from '../records/meters.ts';
import type { World } from '../store/world.ts';
import { invalidRequest } from '../wire/errors.ts';
import { pageOf } from '../wire/pages.ts';
import { choice, pageParams, text, unixTime } from '../wire/params.ts';
import { operation } from './operation.ts';

interface MeterEventSummary {
  readonly id: string;
  readonly object: 'billing.meter_event_summary';
  readonly aggregated_value: number;
  readonly end_time: number;
  readonly livemode: false;
  readonly meter: string;
  readonly start_time: number;
}

const BOUNDARIES = { minute: 60, hour: 3_600, day: 86_400 } as const;

export const meterEventSummaryOperations = [
  operation({
    method: 'GET',
    path: '/v1/billing/meters/{id}/event_summaries',
    params: {
      ...pageParams,
      customer: text(),
      end_time: unixTime(),
      start_time: unixTime(),
      value_grouping_window: choice('day', 'hour').optional(),
    },
    handle({ world, params: { customer, start_time, end_time, value_grouping_window, ...page }, ids, path }) {
      const meter = meterOf(world, ids.id);
      customerFrom(world, customer);
      const boundary = value_grouping_window ?? 'minute';
      requireAligned('start_time', start_time, boundary);
      requireAligned('end_time', end_time, boundary);
      if (end_time <= start_time) throw invalidRequest('end_time must be after start_time.', { param: 'end_time' });
      const width = value_grouping_window === undefined ? end_time - start_time : BOUNDARIES[value_grouping_window];
      const summaries: MeterEventSummary[] = [];
      for (let start = end_time - width; start >= start_time; start -= width) {
        summaries.push(summaryOf(world, meter, customer, start, start + width));
      }
      return pageOf(summaries, page, path, asStored);
    },
  }),
];

/** Usage that was reported less than the lag ago does not show yet. */
function summaryOf(world: World, meter: Meter, customer: string, start: number, end: number): MeterEventSummary {
  const receivedBy = world.now() - world.settings.summaryLagMs;
  const value = measured(world, meter, customer, { start, end, receivedBy });
  return {
    id: `mtrusg_${meter.id.slice(4)}${start}`,
    object: 'billing.meter_event_summary',
    aggregated_value: Number(printFixed(value)),
    end_time: end,
    livemode: false,
    meter: meter.id,
    start_time: start,
  };
}

function requireAligned(param: string, moment: number, boundary: keyof typeof BOUNDARIES): void {
  if (moment % BOUNDARIES[boundary] === 0) return;
  throw invalidRequest(`${param} must be aligned with ${boundary} boundaries.`, { param });
}

import { DAY, MINUTE } from '#shared/platform/instant.ts';
import { type Fixed, parseFixed } from '../billing/fixed.ts';
import { keepMeterEvent } from '../billing/usage.ts';
import { customerFrom } from '../objects/customers.ts';
import { activeMeterFor } from '../objects/meters.ts';
import type { Metadata } from '../records/metadata.ts';
import type { Meter } from '../records/meters.ts';
import type { World } from '../store/world.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import { metadata, text, unixTime } from '../wire/params.ts';
import { operation } from './operation.ts';

const OLDEST = 35 * DAY;

const FURTHEST_AHEAD = 5 * MINUTE;

const MOST_DIGITS = 15;

const LONGEST_PAYLOAD_VALUE = 100;

export const meterEventOperations = [
  operation({
    method: 'POST',
    path: '/v1/billing/meter_events',
    params: {
      event_name: text(100),
      identifier: text(100).optional(),
      payload: metadata(),
      timestamp: unixTime().optional(),
    },
    oneAtATime: ({ event_name, payload }) =>
      `meter event ${event_name} ${JSON.stringify(payload.stripe_customer_id ?? payload)}`,
    handle({ world, params: { event_name, identifier, payload, timestamp } }) {
      const meter = activeMeterFor(world, event_name);
      if (!meter) throw withoutMeter(world, event_name);
      const customer = customerOfPayload(world, meter, payload);
      const value = valueIn(meter, payload);
      const moment = timestamp ?? world.unixNow();
      refuseOutsideWindow(world, moment);
      const identity = identifier ?? world.ids.next('mtr_event');
      claimIdentifier(world, identity);
      const sequence = world.store.nextSequence();
      const record = { timestamp: moment, receivedAt: world.now(), sequence, value: value.toString() };
      keepMeterEvent(world, meter.id, customer, record);
      return {
        object: 'billing.meter_event',
        created: world.unixNow(),
        event_name,
        identifier: identity,
        livemode: false,
        payload,
        timestamp: moment,
      };
    },
  }),
];

function withoutMeter(world: World, eventName: string): ApiError {
  const known = [...world.store.all('billing.meter')].some(meter => meter.event_name === eventName);
  const code = known ? { code: 'archived_meter' } : {};
  return invalidRequest(`No active meter found for event name: ${eventName}`, { param: 'event_name', ...code });
}

function customerOfPayload(world: World, meter: Meter, payload: Metadata): string {
  const key = meter.customer_mapping.event_payload_key;
  const id = payload[key];
  if (!id) throw invalidRequest(`Payload is missing the customer mapping key: ${key}`, { param: `payload[${key}]` });
  return customerFrom(world, id, `payload[${key}]`).id;
}

/** `count` needs no value; `sum` and `last` do: a decimal of at most 15 significant digits, also negative. */
function valueIn(meter: Meter, payload: Metadata): Fixed {
  for (const [key, text] of Object.entries(payload)) {
    if (text.length > LONGEST_PAYLOAD_VALUE) {
      throw invalidRequest(`Invalid string: ${text.slice(0, 20)}...; must be at most 100 characters`, {
        param: `payload[${key}]`,
      });
    }
  }
  if (meter.default_aggregation.formula === 'count') return 0n;
  const key = meter.value_settings.event_payload_key;
  const param = `payload[${key}]`;
  const text = payload[key];
  if (text === undefined) throw invalidRequest(`Payload is missing the value key: ${key}`, { param });
  const value = parseFixed(text);
  if (value === undefined)
    throw invalidRequest(`Invalid meter event value: ${text}. It must be a decimal number.`, { param });
  if (significantDigits(text) > MOST_DIGITS) {
    throw invalidRequest(`Meter event values can have at most ${MOST_DIGITS} significant digits.`, {
      param,
      code: 'meter_event_value_too_many_digits',
    });
  }
  return value;
}

function significantDigits(text: string): number {
  const digits = text.replace('-', '').replace(/^0+(?=\d)/, '');
  const fractional = digits.includes('.');
  const trimmed = fractional ? digits.replace(/0+$/, '') : digits;
  return trimmed.replace('.', '').replace(/^0+/, '').length;
}

function refuseOutsideWindow(world: World, timestamp: number): void {
  const moment = timestamp * 1_000;
  if (moment < world.now() - OLDEST) {
    throw invalidRequest('The timestamp must be within the past 35 calendar days.', {
      param: 'timestamp',
      code: 'timestamp_too_far_in_past',
    });
  }
  if (moment > world.now() + FURTHEST_AHEAD) {
    throw invalidRequest('The timestamp must not be more than 5 minutes in the future.', {
      param: 'timestamp',
      code: 'timestamp_in_future',
    });
  }
}

/** A repeated identifier (inside 24 hours: older ones are forgotten) is an error without a code; only its message tells. */
function claimIdentifier(world: World, identifier: string): void {
  if (world.store.get('identifier', identifier)) {
    const message = `An event already exists with identifier ${identifier}.`;
    throw new ApiError(400, { type: 'invalid_request_error', message, param: 'identifier' }, { shouldRetry: false });
  }
  world.store.put('identifier', identifier, { receivedAt: world.now() });
}

import { describe, expect, it } from 'vitest';
import { aCustomer, aPlan, report } from './operator.ts';
import { refusal, unix, useTwin } from './use-twin.ts';

const NOON = '2026-11-20T12:00:00Z';

describe('a meter event', () => {
  const at = useTwin(NOON);

  it('is taken once per identifier: a repeat is an error without a code that nobody should retry', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const usage = { value: '10', timestamp: at.seconds(), identifier: 'movement-1' };

    const taken = await report(at.stripe, plan, customer, usage);
    const refused = await refusal(report(at.stripe, plan, customer, { ...usage, value: '11' }));

    expect(taken).toMatchObject({ object: 'billing.meter_event', identifier: 'movement-1', timestamp: at.seconds() });
    expect(refused).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, code: undefined });
    expect(refused.message).toContain('already exists with identifier movement-1');
    expect(refused.headers).toMatchObject({ 'stripe-should-retry': 'false' });
    expect(await total(plan.meter.id, customer.id)).toBe(10);
  });

  it('may use an identifier again after 24 hours', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const usage = { value: '10', timestamp: at.seconds(), identifier: 'movement-1' };
    await report(at.stripe, plan, customer, usage);

    await at.moveTo('2026-11-21T11:59:59Z');
    await refusal(report(at.stripe, plan, customer, usage));
    await at.moveTo('2026-11-21T12:00:00Z');
    await report(at.stripe, plan, customer, usage);

    expect(await total(plan.meter.id, customer.id)).toBe(20);
  });

  it.each([
    ['35 days back', '2026-10-16T12:00:00Z', 'taken'],
    ['a second more', '2026-10-16T11:59:59Z', 'timestamp_too_far_in_past'],
    ['5 minutes ahead', '2026-11-20T12:05:00Z', 'taken'],
    ['a second more ahead', '2026-11-20T12:05:01Z', 'timestamp_in_future'],
  ])('from %s is %s', async (_, moment, outcome) => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);

    const reported = report(at.stripe, plan, customer, { value: '1', timestamp: unix(moment) });

    expect(
      await reported.then(
        () => 'taken',
        (error: { code: string }) => error.code,
      ),
    ).toBe(outcome);
  });

  it.each([
    ['999999999999999', 'taken'],
    ['-999999999999999', 'taken'],
    ['1000000000000000', 'meter_event_value_too_many_digits'],
    ['12.5', 'taken'],
    ['1234567890.123456', 'meter_event_value_too_many_digits'],
    ['1e-7', undefined],
    ['many', undefined],
  ])('with the value %s is: %s', async (value, outcome) => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);

    const reported = report(at.stripe, plan, customer, { value, timestamp: at.seconds() });

    expect(
      await reported.then(
        () => 'taken',
        (error: { code: string }) => error.code,
      ),
    ).toBe(outcome);
  });

  it('must not overlap with another of the same customer and meter; of other customers it may', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const other = await aCustomer(at.stripe);
    const usage = { value: '1', timestamp: at.seconds() };

    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 4 }, () => report(at.stripe, plan, customer, usage)),
      report(at.stripe, plan, other, usage),
    ]);

    const statuses = outcomes.map(outcome => (outcome.status === 'fulfilled' ? 200 : outcome.reason.statusCode));
    expect(statuses.slice(0, 4)).toContain(409);
    expect(statuses[4]).toBe(200);
    expect(await total(plan.meter.id, customer.id)).toBe(statuses.slice(0, 4).filter(status => status === 200).length);
  });

  it('is refused for an unknown customer, an unknown event name and an inactive meter', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    const payload = { stripe_customer_id: 'cus_unknown', value: '1' };
    const unknownCustomer = await refusal(
      at.stripe.billing.meterEvents.create({ event_name: plan.meter.event_name, payload }),
    );
    const unknownName = await refusal(at.stripe.billing.meterEvents.create({ event_name: 'nobody', payload }));
    await at.stripe.billing.meters.deactivate(plan.meter.id);
    const inactive = await refusal(report(at.stripe, plan, customer, { value: '1', timestamp: at.seconds() }));
    await at.stripe.billing.meters.reactivate(plan.meter.id);
    await report(at.stripe, plan, customer, { value: '1', timestamp: at.seconds() });

    expect(unknownCustomer).toMatchObject({ code: 'resource_missing', param: 'payload[stripe_customer_id]' });
    expect(unknownName).toMatchObject({ statusCode: 400, param: 'event_name' });
    expect(inactive).toMatchObject({ statusCode: 400, code: 'archived_meter' });
    expect(await total(plan.meter.id, customer.id)).toBe(1);
  });

  async function total(meter: string, customer: string): Promise<number | undefined> {
    const window = { start_time: unix('2026-10-01T00:00:00Z'), end_time: unix('2026-12-01T00:00:00Z') };
    const { data } = await at.stripe.billing.meters.listEventSummaries(meter, { customer, ...window });
    return data[0]?.aggregated_value;
  }
});

describe('a summary of meter events', () => {
  const at = useTwin(NOON, { summaryLagMs: 90_000 });

  it('shows usage only after the lag', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    await report(at.stripe, plan, customer, { value: '7', timestamp: at.seconds() });
    const read = async () => {
      const window = { start_time: unix('2026-11-20T12:00:00Z'), end_time: unix('2026-11-20T13:00:00Z') };
      return (await at.stripe.billing.meters.listEventSummaries(plan.meter.id, { customer: customer.id, ...window }))
        .data;
    };

    const early = await read();
    await at.moveTo('2026-11-20T12:01:30Z');
    const late = await read();

    expect([early[0]?.aggregated_value, late[0]?.aggregated_value]).toEqual([0, 7]);
  });

  it('covers its start and not its end, by hours newest first', async () => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);
    for (const [moment, value] of [
      ['2026-11-20T08:59:59Z', '1'],
      ['2026-11-20T09:00:00Z', '10'],
      ['2026-11-20T10:59:59Z', '100'],
      ['2026-11-20T11:00:00Z', '1000'],
    ] as const) {
      await report(at.stripe, plan, customer, { value, timestamp: unix(moment) });
    }
    await at.moveTo('2026-11-20T12:02:00Z');

    const window = { start_time: unix('2026-11-20T09:00:00Z'), end_time: unix('2026-11-20T11:00:00Z') };
    const whole = await at.stripe.billing.meters.listEventSummaries(plan.meter.id, {
      customer: customer.id,
      ...window,
    });
    const hours = await at.stripe.billing.meters.listEventSummaries(plan.meter.id, {
      customer: customer.id,
      ...window,
      value_grouping_window: 'hour',
    });

    expect(whole.data.map(each => each.aggregated_value)).toEqual([110]);
    expect(hours.data.map(each => each.aggregated_value)).toEqual([100, 10]);
  });

  it.each([
    ['a minute', undefined, '2026-11-20T09:00:30Z'],
    ['an hour', 'hour', '2026-11-20T09:30:00Z'],
    ['a day', 'day', '2026-11-20T09:00:00Z'],
  ] as const)('is refused off the boundaries of %s', async (_, grouping, start) => {
    const plan = await aPlan(at.stripe);
    const customer = await aCustomer(at.stripe);

    const refused = await refusal(
      at.stripe.billing.meters.listEventSummaries(plan.meter.id, {
        customer: customer.id,
        start_time: unix(start),
        end_time: unix('2026-11-21T00:00:00Z'),
        ...(grouping === undefined ? {} : { value_grouping_window: grouping }),
      }),
    );

    expect(refused).toMatchObject({ statusCode: 400, param: 'start_time' });
  });
});

import { describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { driveAgain } from '#shared/metering/drive-movement.ts';
import { pushAccount } from '#shared/metering/push-account.ts';
import { closeIncident } from '#shared/platform/incident.ts';
import { HOUR, MINUTE, printInstant } from '#shared/platform/instant.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms, aVoid } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import type { Fault } from '#test/parts/faulty-stripe.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld();
const NOVEMBER = '2026-11-01T00:00:00Z';
const DECEMBER = '2026-12-01T00:00:00Z';
const SMS = 'dunlin:pay-as-you-go:sms:SEK';
let made = 0;

describe('a movement when Stripe', () => {
  /** An account with a line that sent some messages; nothing is pushed yet. */
  async function anAccountWithSms(count: number) {
    const number = ++made;
    const account = `acc-${number}`;
    const line = `+4670000${String(number).padStart(4, '0')}`;
    const customer = await accountThatCanPay(world.accounts, account);
    const from = printInstant(world.now());
    await putLine(world.accounts.services, account, 'a', aLine({ msisdn: line, plan: 'pay-as-you-go', from }));
    const sms = anSms({ line, startedAt: from, count });
    await world.post(sms);
    return {
      sms,
      push: async () => (await pushAccount(world.services.metering, account, 'daily')).get(await keyOf(account)),
      position: async () => (await world.positions(account, NOVEMBER)).get(SMS),
      counted: async () => (await world.metered(customer, NOVEMBER, DECEMBER)).get('dunlin_pay-as-you-go_sms_sek') ?? 0,
    };
  }
  const keyOf = async (account: string) => (await world.positions(account, NOVEMBER)).get(SMS)?.key ?? '';
  const runFor = (milliseconds: number) => world.runTo(printInstant(world.now() + milliseconds));

  // First, because every account there is comes once a day.
  it('is down for a day from before the call is sent when it is back', async () => {
    const { push, position, counted } = await anAccountWithSms(2);

    await world.wire.down(true);
    await push();
    await runFor(30 * HOUR);
    const meanwhile = await position();
    await world.wire.down(false);
    await runFor(HOUR);

    // No connection was ever made, so there is no doubt about it and nothing to read first.
    expect(meanwhile?.movement).not.toHaveProperty('uncertain');
    expect(await position()).toMatchObject({ n: 1, acknowledged: 2n });
    expect(await counted()).toBe(2);
  });

  it.each<readonly [string, Fault]>([
    ['after it took the movement', 'hangs-after'],
    ['before it took the movement', 'hangs-before'],
  ])('is down for more than a day %s: the meter is read twice before anything is sent again', async (_, fault) => {
    const { push, position, counted } = await anAccountWithSms(4);
    world.wire.meterEvents(fault);

    await push();
    await world.wire.down(true);
    await runFor(30 * HOUR);
    await world.wire.down(false);
    // It is tried every hour by then; an hour later the second reading.
    await runFor(61 * MINUTE);
    const firstReading = await position();
    await runFor(HOUR);

    expect(firstReading?.movement?.reading).toBeDefined();
    expect(await position()).toMatchObject({ n: 1, acknowledged: 4n });
    expect(await counted()).toBe(4);
  });

  it.each<readonly [string, readonly Fault[], number]>([
    ['has too much to do (429) is sent again a minute later', ['busy'], 0],
    // The client repeats a call by itself when the connection is cut.
    ['is cut off twice before the call is sent again', ['lost-before', 'lost-before'], 0],
    ['is cut off twice before the answer is found there already', ['lost-after', 'lost-after'], 3],
    ['is cut off and then busy may have taken it, and is found there already', ['lost-after', 'busy'], 3],
    ['fails (500) before it did anything is sent under another idempotency key', ['fails-before'], 0],
    ['fails (500) after it did everything is found there already', ['fails-after'], 3],
    ['does not answer in time, and did nothing, is sent again', ['hangs-before'], 0],
    ['does not answer in time, and did it, is found there already', ['hangs-after'], 3],
  ])('%s', async (_, faults, countedAtOnce) => {
    const { push, position, counted } = await anAccountWithSms(3);
    world.wire.meterEvents(...faults);

    await push();
    const before = [await counted(), (await position())?.acknowledged];
    const doubt = (await position())?.movement?.uncertain !== undefined;
    await runFor(2 * MINUTE);

    expect(before).toEqual([countedAtOnce, 0n]);
    expect(doubt).toBe(faults[0] !== 'busy');
    expect(await position()).toMatchObject({ n: 1, acknowledged: 3n });
    expect((await position())?.movement).toBeUndefined();
    expect(await counted()).toBe(3);
  });

  it('loses answers again and again is neither lost nor doubled', async () => {
    const { push, position, counted } = await anAccountWithSms(5);
    world.wire.meterEvents('hangs-after', 'lost-before', 'busy', 'fails-after', 'lost-after');

    await push();
    await runFor(2 * HOUR);

    expect(await position()).toMatchObject({ n: 1, acknowledged: 5n });
    expect(await counted()).toBe(5);
  });

  it('refuses it for good stands as a case, and goes on when it is driven again', async () => {
    const { push, position, counted } = await anAccountWithSms(6);
    const meterId = await smsMeter();
    await world.accounts.stripe.billing.meters.deactivate(meterId);

    await push();
    await runFor(HOUR);
    const stuck = await position();
    await world.accounts.stripe.billing.meters.reactivate(meterId);
    const [opened] = await world.cases();
    const closed = await closeIncident(world.accounts.tables.ledger, opened?.sk ?? '', { now: world.now() });
    if (closed !== undefined) await driveAgain(world.services.metering, closed.subject);
    await runFor(MINUTE);

    expect(stuck).toMatchObject({ stuck: 'meter-inactive', acknowledged: 0n });
    expect(opened).toMatchObject({ code: 'meter-inactive', detail: { target: '6', acknowledged: '0', movement: '6' } });
    expect(await world.cases()).toEqual([]);
    expect(await position()).toMatchObject({ n: 1, acknowledged: 6n });
    expect(await counted()).toBe(6);
  });

  it('has counted a record that is voided afterwards is told to count less', async () => {
    const { push, position, counted, sms } = await anAccountWithSms(3);
    await push();

    await world.post(aVoid(sms));
    await push();

    expect(await position()).toMatchObject({ n: 2, acknowledged: 0n });
    expect(await counted()).toBe(0);
  });

  it('bills a time too short for a moment to count at: the amount stands as a case', async () => {
    await world.accounts.moveTo('2026-11-30T23:58:30Z');
    const { push, position, counted } = await anAccountWithSms(3);

    await push();
    await push();

    expect(await position()).toMatchObject({ stuck: 'no-moment', n: 0, acknowledged: 0n });
    expect(await world.cases()).toMatchObject([{ code: 'no-moment', detail: { target: '3', acknowledged: '0' } }]);
    expect(await counted()).toBe(0);
  });
});

async function smsMeter(): Promise<string> {
  for await (const meter of world.accounts.stripe.billing.meters.list({ limit: 100 })) {
    if (meter.event_name.startsWith('dunlin_pay-as-you-go_sms_sek')) return meter.id;
  }
  throw new Error('The sample catalog sells text messages.');
}

import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '#infra/local/gateway/fault-plan.ts';
import { aCall, anSms } from '#test/builders/usage.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { Books } from './books.ts';

// Three accounts that start on 1 November 2026, with periods from the 5th, the 9th and the 13th, and a Stripe that is
// not always there. The prices are those of test/fixtures/catalog-two-months: a call to America of 61 s is 13.00 SEK,
// for the meter 13 000 000; a text message is one step.

const prepared = usePreparedCloud();
const books = new Books(prepared);

const ADA = { line: '+46700000011' };
const BEN = { line: '+46700000012' };
const CAS = { line: '+46700000013' };
const NOTHING_WRONG = {};

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));

async function troubleStripe(faults: object): Promise<void> {
  const { status } = await prepared.operator.post('/_local/faults', { stripe: faults });
  expect(status).toBe(200);
}

/** A call of 13.00, and as many messages of 1.00. */
async function use({ line }: { readonly line: string }, day: string, messages: number): Promise<void> {
  const { status } = await prepared.operator.post('/v1/usage', [
    aCall({ line, peer: '+12125550100', startedAt: `${day}T08:00:00Z`, seconds: 61 }),
    ...Array.from({ length: messages }, (_, n) => anSms({ line, startedAt: `${day}T09:00:0${n}Z` })),
  ]);
  expect(status).toBe(202);
  await prepared.cloud.settle();
}

beforeAll(async () => {
  for (const [account, { line }, billingDay] of [
    ['ada', ADA, 5],
    ['ben', BEN, 9],
    ['cas', CAS, 13],
  ] as const) {
    await books.open(account, { currency: 'SEK', billingDay });
    await prepared.operator.put(`/v1/accounts/${account}/lines/first`, { msisdn: line, plan: 'small' });
  }
});

describe('Stripe is down for a day', { timeout: 180_000 }, () => {
  test('usage is taken, counted, rated and shown all the same', async () => {
    await moveTo('2026-11-01T12:00:00Z');
    await troubleStripe({ down: true });
    await use(CAS, '2026-11-01', 0);
    await moveTo('2026-11-02T12:00:00Z');

    expect((await books.usage('cas')).lines.first.charges).toEqual({ voice: [1, 120, null, '13.00'] });
    expect(await books.positions('cas', 'current')).toEqual({ state: 'open', 'amount-calls': '13000000 0 - -' });
    expect(books.meterEvents()).toEqual({});
  });

  test('a new line is pending, a new account is answered as not made yet', async () => {
    const line = await prepared.operator.put('/v1/accounts/ada/lines/second', {
      msisdn: '+46700000014',
      plan: 'small',
    });
    const account = await prepared.operator.put('/v1/accounts/dan', DAN);

    expect([line.status, line.body.state]).toEqual([201, 'pending']);
    expect(account.status).toBeGreaterThanOrEqual(500);
    expect(account.headers.get('content-type')).toBe('application/problem+json');
    expect(['unavailable', 'outcome-unknown']).toContain(account.body.code);
  });

  test('when it is back, everything arrives, once', async () => {
    await troubleStripe(NOTHING_WRONG);
    await moveTo('2026-11-02T14:00:00Z');

    expect(books.meterEvents()).toEqual({ cas: ['amount-calls 13000000'] });
    expect(await books.positions('cas', 'current')).toEqual({ state: 'open', 'amount-calls': '13000000 13000000 - -' });
    expect((await prepared.operator.get('/v1/accounts/ada/lines/second')).body.state).toBe('active');
    expect((await prepared.operator.put('/v1/accounts/dan', DAN)).status).toBe(200);
    expect((await prepared.stripe.customers.list({ email: DAN.email })).data).toHaveLength(1);
  });
});

describe('Stripe refuses, fails, and loses answers', { timeout: 180_000 }, () => {
  test('one send after the other goes wrong in its own way, and yet each movement arrives once', async () => {
    const faults: readonly Fault[] = [
      'throttle',
      { status: 500 },
      { status: 500, after: true },
      'drop-after',
      'drop-before',
    ];
    prepared.cloud.calls.reset();
    faults.forEach((fault, index) => {
      prepared.cloud.faults.plan(`rating Stripe.POST /v1/billing/meter_events #${index + 1}`, fault);
    });
    await use(BEN, '2026-11-02', 2);
    await moveTo('2026-11-04T12:00:00Z');

    expect(prepared.cloud.faults.hit).toHaveLength(faults.length);
    expect(await books.positions('ben', 'current')).toEqual({
      state: 'open',
      'amount-calls': '13000000 13000000 - -',
      'small sms': '2 2 - -',
    });
    expect(await books.summaries('ben', '2026-11-01T00:00:00Z', '2026-11-09T00:00:00Z')).toEqual({
      'amount-calls': 13_000_000,
      'small sms': 2,
    });
  });

  test('two answers of five are lost, also over the end of a period: the four numbers agree', async () => {
    await troubleStripe({ dropRate: 0.4 });
    await use(ADA, '2026-11-04', 2);
    await moveTo('2026-11-05T12:00:00Z');
    await troubleStripe(NOTHING_WRONG);
    await moveTo('2026-11-05T18:00:00Z');

    expect(await books.positions('ada', 'previous')).toEqual({
      state: 'closed',
      'amount-calls': '13000000 13000000 13000000 13000000',
      'small sms': '2 2 2 2',
    });
    const [invoice] = (await books.invoices('ada')).slice(-1);
    expect(invoice?.lines).toEqual(
      expect.arrayContaining(['13000000 × Calls and messages: 1300', '2 × Small: sms: 200']),
    );
  });
});

describe('Stripe is not there when a period ends', { timeout: 180_000 }, () => {
  test('for a while: what was used last is on the invoice', async () => {
    await moveTo('2026-11-08T23:50:00Z');
    await troubleStripe({ down: true });
    await use(BEN, '2026-11-08', 0);
    await moveTo('2026-11-09T00:08:00Z');
    await troubleStripe(NOTHING_WRONG);
    await moveTo('2026-11-09T03:00:00Z');

    expect(await books.positions('ben', 'previous')).toEqual({
      state: 'closed',
      'amount-calls': '26000000 26000000 26000000 26000000',
      'small sms': '2 2 2 2',
    });
    expect(casesOpened()).toBe(0);
  });

  test('until the invoice is final: it lacks the last usage, which is a case and no secret; the next period goes on', async () => {
    await moveTo('2026-11-12T23:50:00Z');
    await use(CAS, '2026-11-12', 2);
    await troubleStripe({ down: true });
    // Final an hour after the period's end, because nobody could hold it.
    await moveTo('2026-11-13T01:10:00Z');
    await troubleStripe(NOTHING_WRONG);
    await moveTo('2026-11-13T12:00:00Z');
    await use(CAS, '2026-11-13', 0);
    await moveTo('2026-11-14T14:00:00Z');

    expect(await books.positions('cas', 'previous')).toEqual({
      state: 'closed',
      'amount-calls': '26000000 26000000 26000000 13000000',
      'small sms': '2 2 2 0',
    });
    // The four numbers differ, and so no bill was made of that invoice.
    expect(casesOpened()).toBe(2);
    expect(await books.positions('cas', 'current')).toEqual({ state: 'open', 'amount-calls': '13000000 13000000 - -' });
  });
});

test('all that Stripe heard and said is as Stripe describes it', () => {
  expect(prepared.oracle.invalid).toEqual([]);
});

const DAN = { name: 'Dan', email: 'dan@example.com', currency: 'SEK', billingDay: 5 };

function casesOpened(): number {
  return prepared.log.filter(line => line.includes('"CasesOpened":')).length;
}

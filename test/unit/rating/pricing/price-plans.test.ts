import { describe, expect, it } from 'vitest';
import { priceAccount, pricePlans } from '#shared/rating/pricing/price-plans.ts';
import type { PriceRequest } from '#shared/rating/pricing/price-request.ts';
import { priceView } from '#shared/rating/pricing/price-view.ts';
import { pricedRecords } from '#shared/rating/pricing/priced-records.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, at, NOVEMBER } from '#test/builders/rating.ts';

const voice = { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1' };
const data = { id: 'data', kind: 'data', price: { EUR: '2.00', SEK: '20.00' }, per: '1 GB', step: '1 GB' };
const catalog = aCatalog(
  {
    tables: { voice: 'voice.csv' },
    destinations: { domestic: ['46'] },
    plans: [
      aPlan({ id: 'pay', fee: { EUR: '5.00' }, charges: [voice, data] }),
      aPlan({
        id: 'flat',
        fee: { EUR: '12.00' },
        allowances: [{ id: 'minutes', kind: 'voice', amount: '2 min' }],
        charges: [voice, data],
      }),
    ],
  },
  { 'voice.csv': rateTable(['* * 0 EUR 0.05 0.30 60 -']) },
);
const terms = { currency: 'EUR', timezone: 'UTC', period: NOVEMBER, catalogs: [catalog] };

function refusal(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function aCall(id: string, seconds: number, startedAt = '2026-11-02T08:00:00Z') {
  return { id, kind: 'voice', peer: '+46812345678', startedAt, seconds };
}

function aSession(id: string, bytes: number) {
  return { id, kind: 'data', startedAt: '2026-11-03T08:00:00Z', bytes };
}

const lines = [
  { line: 'a', records: [aCall('1', 61), aCall('2', 5, '2026-11-02T09:00:00Z'), aSession('3', 1_500_000_000)] },
  { line: 'b', records: [aCall('4', 100)] },
];

function priced(asked: PriceRequest['lines'], plans: readonly string[]) {
  const records = pricedRecords(asked, NOVEMBER);
  return priceView(
    pricePlans(
      plans,
      asked.map(({ line }) => line),
      records,
      terms,
    ),
    NOVEMBER.start,
  ).plans;
}

describe('pricing records under plans', () => {
  it('prices each plan alone, with the fee of every line', () => {
    const [pay, flat] = priced(lines, ['pay', 'flat']);

    // pay, line a: 61 s → 0.05 + 61 × 0.30 / 60 = 0.355; 5 s → 60 s → 0.05 + 0.30 = 0.35; 1.5 GB → 2 steps = 4.00
    // pay, line b: 100 s → 0.05 + 0.50 = 0.55. In all 0.705 + 4.00 + 0.55 = 5.255; fees 2 × 5.00
    expect(pay).toMatchObject({ plan: 'pay', fee: '10.00', usage: '5.255', total: '15.255', currency: 'EUR' });
    // flat, line a: 61 + 60 = 121 s against 120: one second is priced, 0.05 + 0.005 = 0.055; data 4.00. Line b: covered.
    expect(flat).toMatchObject({ plan: 'flat', fee: '24.00', usage: '4.055', total: '28.055', currency: 'EUR' });
    expect(flat?.lines[0]).toMatchObject({
      line: 'a',
      plan: 'flat',
      allowances: [{ id: 'minutes', unit: 's', included: 120, used: 120, remaining: 0 }],
      charges: [
        { id: 'voice', records: 1, units: 1, quantity: null, amount: '0.055' },
        { id: 'data', records: 1, units: 1_500_000_000, quantity: 2, amount: '4.00' },
      ],
    });
    expect(flat?.records).toEqual([
      expect.objectContaining({ id: '1', line: 'a', charge: 'voice', amount: '0.00', state: 'covered' }),
      {
        ...{ id: '2', line: 'a', startedAt: '2026-11-02T09:00:00Z', destination: '*', charge: 'voice' },
        units: { actual: 5, billed: 60, covered: 59, priced: 1 },
        ...{ amount: '0.055', currency: 'EUR', state: 'open', reason: 'partly-covered' },
      },
      expect.objectContaining({ id: '3', line: 'a', charge: 'data', amount: null, state: 'open' }),
      expect.objectContaining({ id: '4', line: 'b', charge: 'voice', amount: '0.00', state: 'covered' }),
    ]);
  });

  it('takes a void for what it is', () => {
    const voided = { id: 'v', kind: 'voice', startedAt: '2026-11-02T08:00:00Z', voids: '1' };

    const [pay] = priced([{ line: 'a', records: [voided, aCall('1', 61)] }], ['pay']);

    expect(pay).toMatchObject({ usage: '0.00', records: [{ id: '1', state: 'voided' }] });
  });

  it('prices records of a year without a catalog as unrated', () => {
    const period = { start: at('2024-11-01T00:00:00Z'), end: at('2024-12-01T00:00:00Z') };
    const records = pricedRecords([{ line: 'a', records: [aCall('1', 61, '2024-11-02T08:00:00Z')] }], period);

    const { plans } = priceView(pricePlans(['pay'], ['a'], records, { ...terms, period }), period.start);

    expect(plans[0]?.records).toMatchObject([{ state: 'quarantined', reason: 'unrated', amount: null }]);
  });

  it('names plans that there are, and currencies in which one is sold', () => {
    expect(refusal(() => pricePlans(['flat-1'], ['a'], [], terms))).toMatchObject({
      code: 'unknown-plan',
      safeDetail: 'There is no plan flat-1 at 2026-11-01T00:00:00Z. There are: flat, pay.',
    });
    expect(refusal(() => pricePlans(['pay'], ['a'], [], { ...terms, currency: 'SEK' }))).toMatchObject({
      code: 'plan-not-priced',
      safeDetail: 'The plan pay is not sold in SEK; it is in EUR.',
    });
  });
});

describe('pricing records on an account', () => {
  const account = aRatedAccount({
    lines: [
      // Ended on the 2nd; that does not matter.
      aRatedLine({
        line: 'a',
        plans: [{ plan: 'flat', from: at('2026-11-01T12:00:00Z'), until: at('2026-11-02T00:00:00Z') }],
      }),
      aRatedLine({ line: 'b', plans: [{ plan: 'pay', from: at('2026-12-24T00:00:00Z') }] }),
    ],
  });

  it('takes the plan of each line for a whole period, whether the line is active or not', () => {
    const { plan, rated } = priceAccount(account, ['a', 'b'], pricedRecords(lines, NOVEMBER), terms);
    const { plans } = priceView([{ plan, rated }], NOVEMBER.start);

    // flat for a: 12.00 + 4.055; pay for b: 5.00 + 0.55
    expect(plans[0]).toMatchObject({ plan: null, fee: '17.00', usage: '4.605', total: '21.605' });
    expect(plans[0]?.lines.map(({ line, plan: own }) => [line, own])).toEqual([
      ['a', 'flat'],
      ['b', 'pay'],
    ]);
  });

  it('refuses lines that the account does not have', () => {
    expect(refusal(() => priceAccount(account, ['a', 'c'], [], terms))).toMatchObject({
      code: 'invalid-body',
      errors: [{ path: 'lines/1/line', code: 'unknown-line', message: 'The account has no line c. It has a, b.' }],
    });
  });
});

describe('records to be priced', () => {
  it.each([
    ['a negative duration', { ...aCall('1', -5) }, 'seconds', 'too-small'],
    ['a missing peer', { ...aCall('1', 5), peer: undefined }, 'peer', 'required'],
    ['a line of its own', { ...aCall('1', 5), line: '+46701234567' }, 'line', 'unknown-field'],
    ['a field that is not there', { ...aCall('1', 5), colour: 'red' }, 'colour', 'unknown-field'],
    ['bytes of a call', { ...aCall('1', 5), bytes: 5 }, 'bytes', 'wrong-unit'],
    ['another month', aCall('1', 5, '2026-12-01T00:00:00Z'), 'startedAt', 'outside-period'],
    ['an id that comes twice', aCall('0', 5), 'id', 'repeated-id'],
  ])('are refused for %s', (_, record, field, code) => {
    const asked = [
      { line: 'a', records: [aCall('0', 5)] },
      { line: 'b', records: [record] },
    ];

    expect(refusal(() => pricedRecords(asked, NOVEMBER))).toMatchObject({
      status: 422,
      code: 'invalid-body',
      errors: [{ path: `lines/1/records/0/${field}`, code }],
    });
  });

  it('are refused together, and as a whole where they are not records', () => {
    expect(refusal(() => pricedRecords([{ line: 'a', records: ['x', aCall('1', -1)] }], NOVEMBER))).toMatchObject({
      errors: [{ path: 'lines/0/records/0' }, { path: 'lines/0/records/1/seconds' }],
    });
  });

  it('may be later than now, and older than anything that is kept', () => {
    const period = { start: at('2199-01-01T00:00:00Z'), end: at('2199-02-01T00:00:00Z') };

    expect(pricedRecords([{ line: 'a', records: [aCall('1', 5, '2199-01-02T00:00:00Z')] }], period)).toHaveLength(1);
    expect(
      pricedRecords([{ line: 'a', records: [aCall('1', 5, '1999-11-02T00:00:00Z')] }], {
        start: at('1999-11-01T00:00:00Z'),
        end: at('1999-12-01T00:00:00Z'),
      }),
    ).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import type { RatingStep } from '#shared/rating/rating-trace.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const price = { EUR: '0.10', SEK: '1.00' };
const catalog = aCatalog({
  zones: { eu: { countries: ['DE'] } },
  destinations: { domestic: ['46'] },
  bands: { night: { days: ['mon'], from: '20:00', to: '22:00' } },
  plans: [
    aPlan({
      allowances: [
        { id: 'abroad', kind: 'voice', amount: '10 min', from: ['eu'] },
        { id: 'minutes', kind: 'voice', amount: '2 min', match: [{ from: ['home'], to: ['domestic'] }] },
        { id: 'more', kind: 'voice', amount: '10 min' },
      ],
      charges: [
        { id: 'evening', kind: 'voice', to: ['domestic'], band: 'night', price },
        { id: 'roaming', kind: 'voice', match: [{ from: ['eu'], to: ['domestic'] }], price },
        { id: 'voice', kind: 'voice', price },
      ],
    }),
  ],
});

/** Of a call of 90 s on a Monday at noon, after one of 100 s. */
function traced(facts: Parameters<typeof aRecord>[0] = {}) {
  const steps: RatingStep[] = [];
  rate({
    account: aRatedAccount(),
    period: NOVEMBER,
    records: [
      aRecord({ id: 'before', units: 100, startedAt: at('2026-11-02T11:00:00Z') }),
      aRecord({ id: 'asked', units: 90, ...facts }),
      aRecord({ id: 'after', units: 500, startedAt: at('2026-11-02T13:00:00Z') }),
    ],
    catalogs: [catalog],
    traceOf: ({ facts: { id } }) => (id === 'asked' ? { note: step => steps.push(step) } : undefined),
  });
  return steps;
}

describe('the trace of a record', () => {
  it('has every charge that was tried, with what kept it from applying', () => {
    expect(traced().filter(({ step }) => step === 'charge')).toEqual([
      { step: 'charge', charge: 'evening', applies: false, unmet: ['band'] },
      { step: 'charge', charge: 'roaming', applies: false, unmet: ['match'] },
      { step: 'charge', charge: 'voice', applies: true, unmet: [] },
    ]);
  });

  it('has the allowances in their order, with their position before it and what is left', () => {
    // The call before used 100 s of `minutes`: 20 s are left, the other 70 s come from `more`.
    expect(traced().filter(({ step }) => step === 'allowance')).toEqual([
      {
        ...{ step: 'allowance', allowance: 'abroad', applies: false, unmet: ['from'] },
        ...{ included: 600, position: 0, drawn: 0, remaining: 600, limits: [] },
      },
      {
        ...{ step: 'allowance', allowance: 'minutes', applies: true, unmet: [] },
        ...{ included: 120, position: 100, drawn: 20, remaining: 0, limits: [] },
      },
      {
        ...{ step: 'allowance', allowance: 'more', applies: true, unmet: [] },
        ...{ included: 600, position: 0, drawn: 70, remaining: 530, limits: [] },
      },
    ]);
  });

  it('names several things that do not fit', () => {
    const charges = traced({ peer: '+33123456789' }).filter(({ step }) => step === 'charge');

    expect(charges[0]).toMatchObject({ charge: 'evening', unmet: ['to', 'band'] });
  });
});

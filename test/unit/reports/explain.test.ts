import { describe, expect, it } from 'vitest';
import { formatsOf } from '#shared/locale/formats.ts';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import { rate } from '#shared/rating/rate.ts';
import type { RecordState } from '#shared/rating/rated-period.ts';
import type { RatingStep } from '#shared/rating/rating-trace.ts';
import { RecordTerms } from '#shared/rating/record-terms.ts';
import { sentenceOf } from '#shared/reports/explain/sentence-of.ts';
import { stepWords } from '#shared/reports/explain/step-words.ts';
import { stepsOfRecord } from '#shared/reports/explain/steps-of-record.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const names = { en: 'Minutes', nl: 'Belminuten', sv: 'Minuter', fr: 'Minutes' };
const catalog = aCatalog(
  {
    zones: { eu: { countries: ['DE'] } },
    destinations: { domestic: ['46'] },
    bands: { evening: { days: ['mon'], from: '12:00', to: '22:00' } },
    tables: { voice: 'voice.csv' },
    plans: [
      aPlan({
        name: { en: 'Basic', sv: 'Bas' },
        allowances: [
          { id: 'abroad', kind: 'voice', amount: '10 min', from: ['eu'] },
          { id: 'minutes', name: names, kind: 'voice', amount: '2 min' },
        ],
        charges: [
          { id: 'roaming', kind: 'voice', from: ['eu'], table: 'voice' },
          { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1' },
          { id: 'data', kind: 'data', price: { EUR: '2.00', SEK: '20.00' }, per: '1 GB', step: '1 GB' },
        ],
      }),
    ],
  },
  { 'voice.csv': rateTable(['* * 0 EUR 0.05 0.30 60 -', '* * 0 SEK 0.50 3.00 60 -']) },
);

type Facts = Parameters<typeof aRecord>[0];

/** Of a call of 90 s on 2 November at noon, after one of 100 s; kept in Stockholm's time. */
function explained(
  facts: Facts = {},
  locale: Locale = 'en',
  billed?: { state: RecordState; invoice: string; bill: string },
) {
  const timezone = 'Europe/Stockholm';
  const line = aRatedLine();
  const trace: RatingStep[] = [];
  const rating = rate({
    account: aRatedAccount({ timezone, lines: [line] }),
    period: NOVEMBER,
    records: [
      aRecord({ id: 'before', units: 100, startedAt: at('2026-11-02T11:00:00Z') }),
      aRecord({ id: 'asked', units: 90, ...facts }, { voided: facts?.id === 'voided' }),
    ],
    catalogs: [catalog],
    itemised: true,
    traceOf: ({ facts: { id } }) => (id === 'before' ? undefined : { note: step => trace.push(step) }),
  });
  const rated = mustHave(
    rating.records.find(({ record }) => record.facts.id !== 'before'),
    'Not rated.',
  );
  const terms = new RecordTerms(rating, timezone, [catalog]);
  const { bill = null, ...outcome } = billed ?? { state: rated.state, invoice: null };
  const steps = stepsOfRecord({ rated, trace, terms, outcome, bill, line, currency: 'EUR', timezone });
  const { kind } = rated.record.facts;
  const plan = mustHave(terms.planOf(rated), 'No plan.').plan;
  const formats = formatsOf(locale, 'EUR', timezone);
  const published = { ...catalog, stripe: { prices: {}, meters: {} } };
  const words = stepWords({ kind, unit: kind === 'voice' ? 's' : 'B' }, formats, locale, [plan], [published]);
  return { steps, sentences: steps.map(step => sentenceOf(step, words, locale)) };
}

describe('an explained record', () => {
  it('says every step with its figures', () => {
    expect(explained().steps).toEqual([
      {
        ...{ step: 'page', identifier: '+46700000001', page: '2026-11-02T12:00#voice', source: 'switch', id: 'asked' },
        acceptedAt: '2027-01-15T08:00:00Z',
      },
      { step: 'line', line: 'line-1', identifier: '+46700000001', from: '2026-01-01T00:00:00Z', until: null },
      {
        ...{ step: 'plan', plan: 'basic', from: '2026-11-01T00:00:00Z', until: '2026-12-01T00:00:00Z' },
        catalog: '2026-01-01T00:00:00Z',
      },
      { step: 'zone', network: null, zone: 'home' },
      { step: 'destination', direction: 'out', peer: '+46812345678', destination: '*' },
      { step: 'band', startedAt: '2026-11-02T12:00:00Z', timezone: 'Europe/Stockholm', band: 'evening' },
      { step: 'charge', charge: 'roaming', applies: false, unmet: ['from'] },
      { step: 'charge', charge: 'voice', applies: true, unmet: [] },
      {
        ...{ step: 'row', table: 'voice', since: '2026-01-01T00:00:00Z', prefix: '*', destination: '*', band: '*' },
        ...{ setup: '0.05', steps: [{ after: 0, price: '0.30', per: 60 }] },
      },
      { step: 'increments', actual: 90, billed: 90, increments: '60/1' },
      {
        ...{ step: 'allowance', allowance: 'abroad', applies: false, unmet: ['from'] },
        ...{ included: 600, position: 0, drawn: 0, remaining: 600, limits: [] },
      },
      {
        ...{ step: 'allowance', allowance: 'minutes', applies: true, unmet: [] },
        ...{ included: 120, position: 100, drawn: 20, remaining: 0, limits: [] },
      },
      // 90 - 20 = 70 s: 0.05 + 70 × 0.30 / 60 = 0.40
      { step: 'amount', priced: 70, amount: '0.40', formula: '0.05 + 70 × 0.30 / 60' },
      { step: 'state', state: 'open', reason: 'partly-covered', invoice: null, bill: null },
    ]);
  });

  it('reads well', () => {
    const { sentences } = explained({ units: 30 });

    expect(sentences.map(text => text.replaceAll('\u00a0', ' '))).toEqual([
      'switch reported this call as asked; it was taken in on 15 January 2027 at 09:00.',
      'The line line-1 had +46700000001 at that time.',
      'The line was on the plan Basic, by the terms of 1 January 2026.',
      'It was made on the home network.',
      'It went to +46812345678: *.',
      "It began on 2 November 2026 at 13:00 on the account's clock, in the time band evening.",
      'The charge “roaming” does not apply: it is for use in other places.',
      'The charge “voice” applies.',
      'The price list voice of 1 January 2026 has a row for every other number (*): €0.05 to connect and €0.30 per 1 min.',
      'It had 30 s and counts with 1 min: at least 1 min, then in steps of 1 s.',
      'The allowance “abroad” does not cover it: it is for use in other places.',
      'The allowance “Minutes” covers 20 s of it: 1 min 40 s of 2 min had been used before; 0 s are left.',
      '40 s of it are charged: €0.25, which is 0.05 + 40 × 0.30 / 60.',
      'The rest will be on the bill of its period.',
    ]);
  });

  it('is told in the language of the account, with the operator’s words', () => {
    const said = (locale: Locale) =>
      explained({ units: 30 }, locale).sentences.map(text => text.replaceAll('\u00a0', ' '));

    expect(said('nl')).toContain(
      'Het tegoed “Belminuten” dekt er 20 s van: er was al 1 min 40 s van 2 min gebruikt; er is 0 s over.',
    );
    expect(said('sv')).toContain('Linjen hade abonnemanget Bas, enligt villkoren från 1 januari 2026.');
    expect(said('fr').at(-2)?.replace(/\s/g, ' ')).toBe('40 s sont facturés : 0,25 €, soit 0.05 + 40 × 0.30 / 60.');
  });

  it.each<[string, Facts, string]>([
    ['voided', { id: 'voided' }, 'It was withdrawn by its source, so it costs nothing and uses nothing.'],
    ['not answered', { units: 0 }, 'It is free, because it has no units: a call that was not answered, for example.'],
    ['incoming', { direction: 'in' }, 'It is incoming and no charge asks for incoming use, so it is free.'],
    [
      'unrated',
      { kind: 'fax' },
      'No charge or no row of the price list fits it, so it waits and is not billed until one does.',
    ],
  ])('ends with what became of one that is %s', (_, facts, sentence) => {
    expect(explained(facts).sentences.at(-1)).toBe(sentence);
  });

  it('names the bill that it stands on', () => {
    const onBill = { state: 'billed', invoice: 'in_1', bill: 'ABC-0001' } as const;

    expect(explained({}, 'en', onBill).sentences.at(-1)).toBe('It is on the invoice ABC-0001.');
    expect(explained({}, 'sv', onBill).sentences.at(-1)).toBe('Det står på fakturan ABC-0001.');
  });

  it('has a price of its own for data, which belongs to the period', () => {
    const { steps, sentences } = explained({ kind: 'data', peer: undefined, units: 1_500_000_000 });

    expect(steps).toContainEqual({ step: 'unit-price', price: '2.00', per: 1_000_000_000, counted: 1_000_000_000 });
    expect(steps).toContainEqual({ step: 'amount', priced: 1_500_000_000, amount: null, formula: null });
    expect(sentences.at(-2)?.replaceAll('\u00a0', ' ')).toBe('1.5 GB of it count towards the charge of the period.');
  });

  it.each(LOCALES)('leaves no gap in %s', locale => {
    const cases: Facts[] = [
      {},
      { network: '26201' },
      { network: '99999' },
      { kind: 'data', peer: undefined },
      { direction: 'in' },
    ];
    for (const { sentences } of cases.map(facts => explained(facts, locale))) {
      for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|null|NaN|\{|^$/);
    }
  });
});

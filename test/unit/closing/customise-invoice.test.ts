import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customiseInvoice } from '#shared/closing/customise-invoice.ts';
import { LOCALES } from '#shared/locale/locales.ts';

const NOVEMBER = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };
const FROZEN = { records: 412, manifest: 'manifests/acme/2026-11-01T00:00:00Z/0123456789abcdef.txt.gz' };
const DIGEST = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

function customised(account: { account?: string; name?: string; locale?: 'en' | 'nl' | 'sv' | 'fr' }) {
  return customiseInvoice({
    account: {
      account: 'acme',
      name: 'Acme AB',
      locale: 'en',
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      ...account,
    },
    start: NOVEMBER.start,
    billed: NOVEMBER,
    frozen: { ...FROZEN, digest: DIGEST },
  });
}

describe('what is printed on the invoice', () => {
  test.each([
    [
      'en',
      'Usage of Acme AB, 1\u2009–\u200930 November 2026',
      ['Account number', 'Usage period', 'Usage records', 'Proof (SHA-256)'],
    ],
    [
      'nl',
      'Verbruik van Acme AB, 1–30 november 2026',
      ['Klantnummer', 'Verbruiksperiode', 'Verbruiksposten', 'Bewijs (SHA-256)'],
    ],
    [
      'sv',
      'Användning för Acme AB, 1–30 november 2026',
      ['Kundnummer', 'Användningsperiod', 'Antal poster', 'Underlag (SHA-256)'],
    ],
    [
      'fr',
      'Consommation de Acme AB, 1–30 novembre 2026',
      ['Numéro de client', 'Période de consommation', 'Enregistrements', 'Justificatif (SHA-256)'],
    ],
  ] as const)('speaks %s', (locale, memo, names) => {
    const { memo: printed, fields } = customised({ locale });

    expect(printed).toBe(memo);
    expect(fields.map(({ name }) => name)).toEqual(names);
    expect(fields.map(({ value }) => value)).toEqual([
      'acme',
      memo.slice(memo.indexOf(', ') + 2),
      '412',
      '0123456789abcdef',
    ]);
  });

  test('and what is not printed leads back to the records', () => {
    expect(customised({}).tags).toEqual({
      dunlin_account: 'acme',
      dunlin_period: '2026-11-01T00:00:00Z',
      dunlin_manifest: FROZEN.manifest,
      dunlin_digest: DIGEST,
    });
  });

  test('a name that is too long is cut, and not within a character', () => {
    // 'Usage of ' is 9 long, a face is 2: 745 of them are 1 499, and the sign that something is missing makes 1 500.
    expect(customised({ name: '😀'.repeat(2_000) }).memo).toBe(`Usage of ${'😀'.repeat(745)}…`);
  });

  test('is never longer than Stripe takes', () => {
    const text = fc
      .tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 300 }))
      .map(([part, times]) => part.repeat(times));
    fc.assert(
      fc.property(text, text, fc.constantFrom(...LOCALES), (account, name, locale) => {
        const { memo, fields, tags } = customised({ account, name, locale });

        expect(memo.length).toBeLessThanOrEqual(1_500);
        for (const field of fields) {
          expect(field.name.length).toBeLessThanOrEqual(40);
          expect(field.value.length).toBeLessThanOrEqual(140);
        }
        for (const value of Object.values(tags)) expect(value.length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 50 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { aCatalog, aPlan, catalogFiles, rateTable, type SourceFields } from '#test/builders/catalog.ts';

const CHARGES = [{ id: 'voice', kind: 'voice', table: 'voice' }];
const PLANS = [aPlan({ charges: CHARGES })];
const TABLES = { tables: { voice: 'voice.csv' } };
const ROWS = ['46 * 0 EUR 0 0.10 60 -', '46 * 0 SEK 0 1.00 60 -'];

function published(): CatalogVersion {
  return aCatalog({ ...TABLES, plans: PLANS }, { 'voice.csv': rateTable(ROWS) });
}

function problems(sections: SourceFields, rows = ROWS): string[] {
  const files = catalogFiles({ ...TABLES, plans: PLANS, ...sections }, { 'voice.csv': rateTable(rows) });
  return compileCatalog(files, { published: [published()] }).problems.map(({ code, reason }) => `${code}: ${reason}`);
}

const OLD_DATE = 'differs from what was published for 2026-01-01T00:00:00Z';

describe('Under a published date', () => {
  it('the same catalog may be published again', () => {
    expect(problems({})).toEqual([]);
  });

  it('names may change', () => {
    expect(problems({ plans: [aPlan({ name: { en: 'Basic plus' }, charges: CHARGES })] })).toEqual([]);
  });

  it('brands, dunning and sources may change: they are read when they are needed', () => {
    const steps = [{ id: 'notice', after: '0 d', channel: 'email', text: 'payment-failed' }];
    const brands = [{ id: 'dunlin', name: 'Dunlin', legal: 'Dunlin AB', colours: { accent: '#0b5c7a' } }];
    const sections = { brands, dunning: [{ id: 'all', steps }], sources: [{ name: 'tap', expects: 'true' }] };
    expect(problems(sections)).toEqual([]);
  });

  it('a fee may not', () => {
    const plans = [aPlan({ fee: { EUR: '11.00', SEK: '100.00' }, charges: CHARGES })];
    expect(problems({ plans })).toEqual([`changed-under-old-date: the fee of "basic" ${OLD_DATE}`]);
  });

  it('a rate row may not', () => {
    const rows = ['46 * 0 EUR 0 0.11 60 -', '46 * 0 SEK 0 1.00 60 -'];
    expect(problems({}, rows)).toEqual([`changed-under-old-date: table "voice" ${OLD_DATE}`]);
  });

  it('a charge or an allowance may not', () => {
    const charges = [{ ...CHARGES[0], increments: '60/60' }];
    const allowances = [{ id: 'minutes', kind: 'voice', amount: '10 min' }];
    expect(problems({ plans: [aPlan({ charges, allowances })] })).toEqual([
      `changed-under-old-date: a charge of "basic" ${OLD_DATE}`,
      `changed-under-old-date: an allowance of "basic" ${OLD_DATE}`,
    ]);
  });
});

describe('A new version', () => {
  it('may change everything from a later date on', () => {
    expect(problems({ effectiveFrom: '2026-02-01T00:00:00Z', plans: [aPlan()], tables: {} })).toEqual([]);
  });

  it('cannot begin before one that is published', () => {
    expect(problems({ effectiveFrom: '2025-12-01T00:00:00Z' })).toEqual([
      'overlapping-dates: 2025-12-01T00:00:00Z lies before the published version of 2026-01-01T00:00:00Z',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { checkCatalogFolder, describeCompilation } from '#infra/cli/catalog-check.ts';
import { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { LOCALES } from '#shared/locale/locales.ts';

const SAMPLE = new URL('../../../infra/catalog', import.meta.url).pathname;

describe('The sample folder', () => {
  it('is sound, and what is published can be read again', async () => {
    // when
    const { catalog, problems, warnings } = await checkCatalogFolder(SAMPLE);
    // then
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(CatalogVersion.parse(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  });

  it('names everything in the four languages', async () => {
    const { catalog } = await checkCatalogFolder(SAMPLE);
    const named = catalog?.plans.flatMap(plan => [plan, ...plan.allowances, ...plan.charges]) ?? [];
    expect(named.length).toBeGreaterThan(0);
    for (const { name } of named) expect(Object.keys(name).sort()).toEqual([...LOCALES].sort());
  });

  it('is described in a few lines', async () => {
    const text = describeCompilation(await checkCatalogFolder(SAMPLE));
    expect(text).toContain('plans: mobile-10, pay-as-you-go');
  });

  it('is published with its warnings, which are printed first', async () => {
    const { catalog } = await checkCatalogFolder(SAMPLE);
    const warning = { file: 'a.yaml', line: 7, code: 'unused-band', reason: 'none', severity: 'warning' } as const;
    expect(
      describeCompilation({ catalog, problems: [], warnings: [warning] })
        .split('\n')
        .slice(0, 3),
    ).toEqual([
      'a.yaml:7: warning: unused-band: none',
      '1 warning: look whether that is meant.',
      'The catalog is sound; in force from 2026-01-01T00:00:00Z.',
    ]);
    const problem = { file: 'a.yaml', line: 9, code: 'missing-field', reason: 'gone' };
    expect(describeCompilation({ catalog: undefined, problems: [problem], warnings: [warning] }).split('\n')).toEqual([
      'a.yaml:9: missing-field: gone',
      'a.yaml:7: warning: unused-band: none',
      '1 problem, 1 warning. Nothing was published.',
    ]);
  });
});

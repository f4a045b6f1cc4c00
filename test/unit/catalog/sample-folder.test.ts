import { describe, expect, it } from 'vitest';
import { checkCatalogFolder, describeCompilation } from '#infra/cli/catalog-check.ts';
import { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { LOCALES } from '#shared/locale/locales.ts';

const SAMPLE = new URL('../../../infra/catalog', import.meta.url).pathname;

describe('The sample folder', () => {
  it('is sound, and what is published can be read again', async () => {
    // when
    const { catalog, problems } = await checkCatalogFolder(SAMPLE);
    // then
    expect(problems).toEqual([]);
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
});

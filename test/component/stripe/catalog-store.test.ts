import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore, isSameContent } from '#shared/catalog/catalog-store.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
const november = Date.parse('2026-11-01T00:00:00Z');

async function sample(effectiveFrom: number): Promise<PublishedCatalog> {
  const catalog = await world.catalogStore.versionAt(november);
  if (catalog === undefined) throw new Error('The sample catalog is not published.');
  return { ...catalog, effectiveFrom };
}

function anotherShelf(): CatalogStore {
  return new CatalogStore(world.tables.ledger, catalogTextsIn(world.s3, world.bucket));
}

describe('the shelf of published catalogs', () => {
  it('gives back what was put there, in force from its moment on', async () => {
    const december = Date.parse('2026-12-01T00:00:00Z');
    const catalog = await sample(december);

    await world.catalogStore.put(catalog, undefined, november);

    expect(await anotherShelf().versionAt(december)).toEqual(catalog);
    expect((await anotherShelf().versionAt(december - 1))?.effectiveFrom).toBeLessThan(december);
  });

  it('orders versions by their moments, also within a second', async () => {
    const second = Date.parse('2027-01-01T00:00:00Z');
    for (const moment of [second + 500, second, second + 1_000]) {
      await world.catalogStore.put(await sample(moment), undefined, november);
    }

    const moments = (await anotherShelf().versions()).map(({ effectiveFrom }) => effectiveFrom - second);

    expect(moments.filter(moment => moment >= 0)).toEqual([0, 500, 1_000]);
    expect((await anotherShelf().versionAt(second + 499))?.effectiveFrom).toBe(second);
  });

  it('takes one of two that publish for the same moment at the same time', async () => {
    const moment = Date.parse('2027-02-01T00:00:00Z');
    const catalog = await sample(moment);
    await world.catalogStore.put(catalog, undefined, november);

    const second = world.catalogStore.put({ ...catalog, bands: [] }, undefined, november);

    await expect(second).rejects.toMatchObject({ code: 'published-meanwhile', status: 409 });
    expect(await anotherShelf().versionAt(moment)).toEqual(catalog);
  });

  it('replaces one by another of the same moment only for who has seen it', async () => {
    const moment = Date.parse('2027-03-01T00:00:00Z');
    const catalog = await sample(moment);
    const renamed = { ...catalog, plans: catalog.plans.map(plan => ({ ...plan, name: { en: 'Renamed' } })) };
    await world.catalogStore.put(catalog, undefined, november);

    await world.catalogStore.put(renamed, catalog, november);

    expect(await anotherShelf().versionAt(moment)).toEqual(renamed);
    await expect(world.catalogStore.put(renamed, catalog, november)).rejects.toMatchObject({
      code: 'published-meanwhile',
    });
  });

  it('reads a version that was published before brands, dunning and texts came, and replaces it', async () => {
    // given: the text as it was written then
    const moment = Date.parse('2027-04-01T00:00:00Z');
    const { brands, dunning, texts, sources, ...old } = await sample(moment);
    expect(brands.length + dunning.length).toBeGreaterThan(0);
    const text = JSON.stringify(old);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const objectKey = `catalog/2027-04-01T00:00:00Z-${digest}.json`;
    await catalogTextsIn(world.s3, world.bucket).write(objectKey, text);
    const item = { effectiveFrom: '2027-04-01T00:00:00Z', digest, objectKey, publishedAt: '2026-11-01T00:00:00Z' };
    await world.tables.ledger.put({ pk: 'catalog', sk: 'version#2027-04-01T00:00:00Z', ...item });
    // when
    const catalogStore = anotherShelf();
    const seen = await catalogStore.versionAt(moment);
    await catalogStore.put({ ...old, brands, dunning, texts, sources }, seen, november);
    // then
    expect(seen).toEqual({ ...old, brands: [], dunning: [], texts: {}, sources: [] });
    expect((await anotherShelf().versionAt(moment))?.brands).toEqual(brands);
  });

  it('sees the same content whatever the order of its keys, and whatever Stripe calls it', async () => {
    const catalog = await sample(november);
    const { format, ...rest } = catalog;
    const turned: PublishedCatalog = { ...rest, format, stripe: { prices: {}, meters: {} } };

    expect(isSameContent(catalog, turned)).toBe(true);
    expect(isSameContent(catalog, { ...catalog, bands: [] })).toBe(false);
  });
});

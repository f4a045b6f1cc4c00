import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { decodePages, type RawPage } from '#shared/usage/pages/decode-pages.ts';
import { printFacts, stamped } from '#shared/usage/pages/page-codec.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import { useTables } from '#test/parts/tables.ts';

const PAGE = '2026-11-02T08:00#data';
const SLOT = { start: Date.UTC(2026, 10, 2, 8), end: Date.UTC(2026, 10, 2, 8, 15) };

describe('writing a page', () => {
  const tables = useTables();

  const write = (name: string, texts: Iterable<readonly [string, string]>) =>
    tablePageWriter(tables.client, tables.pages)({ name, page: PAGE, expiresAtSeconds: 1_900_000_000 }, new Map(texts));

  async function pagesOf(name: string): Promise<RawPage[]> {
    const reader = pageReader(tables.client, tables.pages, new SourceRegistry(tables.ledger));
    return reader.query({ name, from: '2026-11-02T08:00', to: '2026-11-02T08:15', consistent: true });
  }

  const text = (units: number, stamp = 'aaaaaa.aaa') =>
    stamped(printFacts({ direction: 'out', offsetMs: 0, units, peer: undefined, network: undefined }), stamp);

  /** So long that some 700 fill a page. */
  const longText = (units: number) => text(units).replace('@', `|||${'x'.repeat(500)}@`);

  it('answers what was there before, and leaves it as it was', async () => {
    await write('+46700000001', [['1:a', text(1)]]);

    const before = await write('+46700000001', [
      ['1:a', text(2)],
      ['1:b', text(3)],
    ]);

    expect([...before]).toEqual([['1:a', text(1)]]);
    const [page] = await pagesOf('+46700000001');
    expect([page?.texts['1:a']?.S, page?.texts['1:b']?.S]).toEqual([text(1), text(3)]);
  });

  it('writes hundreds of records of one page', async () => {
    const texts = Array.from({ length: 450 }, (_, n) => [`1:${n}`, text(n)] as const);

    const before = await write('+46700000002', texts);
    const again = await write('+46700000002', texts);

    expect(before.size).toBe(0);
    expect(new Map(again)).toEqual(new Map(texts));
  });

  it('sets when the page may go', async () => {
    await write('+46700000003', [['1:a', text(1)]]);

    const key = { name: { S: '+46700000003' }, page: { S: PAGE } };
    const { Item } = await tables.client.send(new GetItemCommand({ TableName: tables.pages, Key: key }));

    expect(Item?.expiresAt).toEqual({ N: '1900000000' });
  });

  it('goes on on an overflow page when one is full, and still knows what the full one holds', async () => {
    const name = '+46700000004';
    const texts = Array.from({ length: 1_800 }, (_, n) => [`1:${n}`, longText(n)] as const);
    await write(name, texts);

    const again = await write(name, [
      ['1:0', longText(77)],
      ['1:1799', longText(1_799)],
      ['1:new', text(5)],
    ]);

    const pages = await pagesOf(name);
    expect(pages.map(({ page }) => page)).toEqual([PAGE, `${PAGE}#1`, `${PAGE}#2`]);
    expect(new Map(again)).toEqual(
      new Map([
        ['1:0', longText(0)],
        ['1:1799', longText(1_799)],
      ]),
    );
    const { records } = decodePages(pages, [{ name, from: 0 }], SLOT, () => 'switch-1');
    // 0 + 1 + ... + 1799, and the new one's 5
    expect(records.reduce((sum, { facts }) => sum + facts.units, 0)).toBe(1_619_100 + 5);
    expect(records).toHaveLength(1_801);
  });

  it('loses nothing when many write the same full page at once, and reads no record twice', async () => {
    const name = '+46700000005';
    const texts = Array.from({ length: 1_200 }, (_, n) => [`1:${n}`, longText(1)] as const);
    const parts = Array.from({ length: 12 }, (_, n) => texts.slice(n * 100, (n + 1) * 100));

    await Promise.all([...parts, ...parts.toReversed()].map(part => write(name, part)));

    const { records } = decodePages(await pagesOf(name), [{ name, from: 0 }], SLOT, () => 'switch-1');
    expect(records).toHaveLength(1_200);
    expect(new Set(records.map(({ facts }) => facts.id)).size).toBe(1_200);
  });

  it('moves on when the page would grow beyond what an item may have, although it was not marked full', async () => {
    const name = '+46700000006';
    const bulky = 'x'.repeat(20_000);
    // 17 × 20 KB stay below the mark of 350 KB; 4 more do not fit into 400 KB.
    await write(
      name,
      Array.from({ length: 17 }, (_, n) => [`1:${n}`, `1o0|1|||${bulky}@aaaaaa.aaa`] as const),
    );

    await write(
      name,
      Array.from({ length: 4 }, (_, n) => [`1:more-${n}`, `1o0|1|||${bulky}@aaaaaa.aaa`] as const),
    );

    const pages = await pagesOf(name);
    expect(pages.map(({ page }) => page)).toEqual([PAGE, `${PAGE}#1`]);
    const { records } = decodePages(pages, [{ name, from: 0 }], SLOT, () => 'switch-1');
    expect(records).toHaveLength(21);
  });
});

import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { digestOfKey } from '#shared/access/api-key.ts';
import { ledgerKeys } from '#shared/access/ledger-keys.ts';
import { listKeys, makeKey, revokeKey } from '#shared/access/make-key.ts';
import { ensureSource } from '#shared/access/source.ts';
import { SCOPES } from '#shared/platform/http/caller.ts';
import { SECOND, systemClock } from '#shared/platform/instant.ts';
import { useTables } from '#test/parts/tables.ts';

describe('API keys', () => {
  const tables = useTables();

  it('tell their holder, scopes and source, and are themselves stored nowhere', async () => {
    const key = await makeKey(
      tables.ledger,
      { scopes: ['usage:write'], label: 'the switch in Malmö', source: 'switch-1' },
      systemClock,
    );

    const caller = await ledgerKeys(tables.ledger, systemClock)(key);

    expect(key).toMatch(/^dk_[A-Za-z0-9_-]{43}$/);
    expect(caller).toEqual({
      keyDigest: digestOfKey(key),
      scopes: ['usage:write'],
      source: { name: 'switch-1', code: expect.stringMatching(/^[0-9a-z]+$/), batchSecret: expect.any(String) },
    });
    const item = await tables.ledger.get({ pk: `key#${digestOfKey(key)}`, sk: 'key' }, z.looseObject({}));
    expect(JSON.stringify(item)).not.toContain(key.slice(3));
  });

  it("are nobody's when they are made up", async () => {
    const find = ledgerKeys(tables.ledger, systemClock);

    expect(await find(`dk_${'A'.repeat(43)}`)).toBeUndefined();
    expect(await find('')).toBeUndefined();
    expect(await find('dk_#/../key')).toBeUndefined();
  });

  it('are listed for people, in the order in which they were made, until they are revoked', async () => {
    const at = (day: number) => () => Date.UTC(2026, 10, day);
    const wanted = { scopes: ['usage:write'] as const, source: 'switch-list' };
    const later = await makeKey(tables.ledger, { ...wanted, label: 'list: the new switch' }, at(2));
    const first = await makeKey(tables.ledger, { ...wanted, label: 'list: the old switch' }, at(1));
    const listed = async () => (await listKeys(tables.ledger)).filter(({ label }) => label.startsWith('list: '));

    expect(await listed()).toEqual([
      { ...wanted, label: 'list: the old switch', createdAt: '2026-11-01T00:00:00Z', digest: digestOfKey(first) },
      { ...wanted, label: 'list: the new switch', createdAt: '2026-11-02T00:00:00Z', digest: digestOfKey(later) },
    ]);
    await revokeKey(tables.ledger, first);
    expect((await listed()).map(({ digest }) => digest)).toEqual([digestOfKey(later)]);
  });

  it('end 30 seconds after they are revoked, at the latest', async () => {
    let now = 0;
    const find = ledgerKeys(tables.ledger, () => now);
    const key = await makeKey(tables.ledger, { scopes: [...SCOPES], label: 'x', source: 'switch-1' }, systemClock);
    await find(key);

    const revoked = await revokeKey(tables.ledger, digestOfKey(key));
    now = 30 * SECOND - 1;
    const before = await find(key);
    now = 30 * SECOND;
    const after = await find(key);

    expect([revoked, before === undefined, after]).toEqual([true, false, undefined]);
    expect(await revokeKey(tables.ledger, key)).toBe(false);
  });

  it('are known 5 seconds after they were made, although they were tried before', async () => {
    let now = 0;
    const find = ledgerKeys(tables.ledger, () => now);
    const key = `dk_${'B'.repeat(43)}`;
    await find(key);
    await makeKey(tables.ledger, { scopes: ['accounts:read'], label: 'x' }, systemClock, key);

    now = 5 * SECOND;

    expect(await find(key)).toMatchObject({ scopes: ['accounts:read'] });
  });

  it.each([
    ['no scopes', { scopes: [], label: 'x' }, 'no-scopes'],
    ['usage without a source', { scopes: ['usage:write' as const], label: 'x' }, 'no-source'],
    ['a source that cannot be one', { scopes: ['usage:write' as const], label: 'x', source: 'a/b' }, 'invalid-source'],
  ])('are not made with %s', async (_, wanted, code) => {
    await expect(makeKey(tables.ledger, wanted, systemClock)).rejects.toMatchObject({ code });
  });
});

describe('sources', () => {
  const tables = useTables();

  it('have one code each, for ever, although many are made at once', async () => {
    const names = Array.from({ length: 5 }, (_, n) => `source-${n}`);
    const made = await Promise.all([...names, ...names].map(name => ensureSource(tables.ledger, name, () => 'secret')));
    const again = await ensureSource(tables.ledger, 'source-0', () => 'another');

    const codes = new Map(made.map(({ name, code }) => [name, code]));
    expect(new Set(codes.values()).size).toBe(5);
    expect(made.every(({ name, code }) => codes.get(name) === code)).toBe(true);
    expect(again).toEqual({ name: 'source-0', code: codes.get('source-0'), batchSecret: 'secret' });
  });
});

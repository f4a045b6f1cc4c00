import { describe, expect, it } from 'vitest';
import { type IdentifierAssignments, identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { cachedAssignments, ledgerAssignments } from '#shared/usage/intake/look-up-assignments.ts';
import { useTables } from '#test/parts/tables.ts';

describe('looking up who owns names', () => {
  const tables = useTables();

  const own = (name: string, until?: number) =>
    tables.ledger.put({ ...identifierKey(name), owners: [{ account: 'a', line: 'l', from: 1, until }], revision: 1 });

  const accounts = (found: ReadonlyMap<string, IdentifierAssignments>) =>
    Object.fromEntries(Array.from(found, ([name, { owners }]) => [name, owners.map(({ account }) => account)]));

  it('finds hundreds of names at once, and says of each that nobody had it', async () => {
    const names = Array.from({ length: 250 }, (_, n) => `+4675000${1_000 + n}`);
    await Promise.all(names.filter((_, n) => n % 50 === 0).map(name => own(name)));

    const found = accounts(await ledgerAssignments(tables.client, tables.ledger.name)(names));

    expect(Object.keys(found)).toEqual(names);
    expect(Object.entries(found).filter(([, owners]) => owners.length === 1)).toHaveLength(5);
  });

  it('remembers for 45 seconds who has an owner, and asks again about all others', async () => {
    let now = 0;
    const asked: string[] = [];
    const lookUp = ledgerAssignments(tables.client, tables.ledger.name);
    const cached = cachedAssignments(
      names => {
        asked.push(...names);
        return lookUp(names);
      },
      () => now,
    );
    await Promise.all([own('+46760000001'), own('+46760000002', 5)]);
    const names = ['+46760000001', '+46760000002', '+46760000003'];

    const first = accounts(await cached(names));
    await own('+46760000003');
    now = 45 * SECOND - 1;
    const second = accounts(await cached(names));
    now = 45 * SECOND;
    await cached(names);

    expect(first).toEqual({ '+46760000001': ['a'], '+46760000002': ['a'], '+46760000003': [] });
    expect(second).toEqual({ '+46760000001': ['a'], '+46760000002': ['a'], '+46760000003': ['a'] });
    const [owned, ended, none] = names;
    expect(asked).toEqual([owned, ended, none, ended, none, owned, ended]);
  });
});

import * as z from 'zod';
import { Throttled } from '#shared/platform/failure.ts';
import type { UsageSource } from '#shared/platform/http/caller.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { ABSENT, type Table, type Write } from '#shared/platform/table.ts';

/** Names of sources: they stand in addresses of objects and in answers. */
export const SOURCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Ledger item `source#<name>` / `source`. */
const SourceItem = z.object({ code: z.string(), batchSecret: z.string() });

/** Ledger item `sources` / `counter`. */
const Counter = z.object({ last: z.int() });
const COUNTER = { pk: 'sources', sk: 'counter' };

/** Ledger item `source-code#<code>` / `source`. */
const SourceCodeItem = z.object({ name: z.string() });

const ATTEMPTS = 5;

/** The source of this name; `undefined`: nobody has posted or sent files under it. */
export async function findSource(ledger: Table, name: string): Promise<UsageSource | undefined> {
  const known = await ledger.get({ pk: `source#${name}`, sk: 'source' }, SourceItem);
  return known && { name, ...known };
}

/**
 * The source of this name; made when it is new. Its code is the next number in base 36 and is its own for ever, because
 * records on pages carry it.
 *
 * A: reads counter 6 ──▶ transaction: counter 7 (if it is still 6), source A, code 7 ──▶ done
 * B: reads counter 6 ──▶ transaction: counter 7 (if it is still 6), source B, code 7 ──▶ refused ──▶ reads again: 7
 */
export async function ensureSource(ledger: Table, name: string, newSecret: () => string): Promise<UsageSource> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const known = await findSource(ledger, name);
    if (known !== undefined) return known;
    const last = (await ledger.get(COUNTER, Counter))?.last;
    const source = { code: ((last ?? 0) + 1).toString(36), batchSecret: newSecret() };
    const writes: Write[] = [
      { put: { ...COUNTER, last: (last ?? 0) + 1 }, condition: last === undefined ? ABSENT : unchanged(last) },
      { put: { pk: `source#${name}`, sk: 'source', ...source }, condition: ABSENT },
      { put: { pk: `source-code#${source.code}`, sk: 'source', name }, condition: ABSENT },
    ];
    if (await ledger.transact(writes)) return { name, ...source };
  }
  throw new Throttled('busy', 'Another request is creating a source; try again.');
}

/** The names of all sources, in the order in which they were made. */
export async function sourceNames(ledger: Table): Promise<string[]> {
  const last = (await ledger.get(COUNTER, Counter))?.last ?? 0;
  const codes = Array.from({ length: last }, (_, index) => (index + 1).toString(36));
  const found = await allInParallel(codes, 16, code =>
    ledger.get({ pk: `source-code#${code}`, sk: 'source' }, SourceCodeItem),
  );
  return found.flatMap(item => item?.name ?? []);
}

function unchanged(last: number) {
  return { expression: '#l = :l', names: { '#l': 'last' }, values: { ':l': last } };
}

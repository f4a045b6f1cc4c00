import * as z from 'zod';
import { type Period, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import type { CarriedAllowance } from './account.ts';
import type { ReadOptions } from './account-book.ts';

// What a period leaves is written when it is frozen, in the order of these arrows, and never differs afterwards:
//
//   rated ──▶ carried#<its end>#0, #1, ... ──▶ the period is noted as frozen
//
//   Died in between: rated again, perhaps with more records ──▶ the same items again; #0 says how many of them count

export const StoredCarriedAllowance = z.strictObject({
  line: z.string().nullable(),
  allowance: z.string(),
  since: StoredInstant,
  units: z.int().nonnegative(),
  periods: z.int().positive(),
}) satisfies z.ZodType<CarriedAllowance>;

/** `account#<a>` / `carried#<end of the period>#<n>`: what the period left of its allowances. */
const CarriedItem = z.object({
  sk: z.string(),
  allowances: z.array(StoredCarriedAllowance),
  /** Of the first one: how many there are. */
  items: z.int().positive(),
});

/** About 100 KB. */
const PER_ITEM = 1_000;

/** Writes what a period left; a repeat takes its place. */
export async function keepCarried(
  table: Table,
  account: string,
  period: Period,
  carried: readonly CarriedAllowance[],
): Promise<void> {
  const items = Math.max(1, Math.ceil(carried.length / PER_ITEM));
  for (let index = 0; index < items; index++) {
    const allowances = carried.slice(index * PER_ITEM, (index + 1) * PER_ITEM);
    const key = carriedKey(account, period, index);
    await table.put({ ...key, ...z.encode(CarriedItem, { sk: key.sk, allowances, items }), pk: key.pk });
  }
}

/** `carriedInto` of a ledger, as rating asks for it. */
export function carriedIntoIn(table: Table) {
  return (account: string, period: Period, options: ReadOptions) => carriedInto(table, account, period, options);
}

/** What was carried into the period; nothing until the one before it is frozen. */
export async function carriedInto(
  table: Table,
  account: string,
  { start, end }: Period,
  { consistent }: ReadOptions,
): Promise<CarriedAllowance[]> {
  // The period before ends where this one starts; inside it only where a person moved the boundary at the provider.
  const between = [`carried#${printInstant(start)}`, `carried#${printInstant(end)}`] as const;
  const found = await Array.fromAsync(table.query({ pk: `account#${account}`, between, consistent }, CarriedItem));
  const last = found.at(-1);
  if (last === undefined) return [];
  const boundary = last.sk.slice(0, last.sk.lastIndexOf('#'));
  const ofLast = found.filter(({ sk }) => sk.startsWith(`${boundary}#`));
  return ofLast.slice(0, ofLast[0]?.items).flatMap(({ allowances }) => allowances);
}

function carriedKey(account: string, { end }: Period, index: number): Key {
  return { pk: `account#${account}`, sk: `carried#${printInstant(end)}#${String(index).padStart(4, '0')}` };
}

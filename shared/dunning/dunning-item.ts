import * as z from 'zod';
import { DueFields, NEVER_TAKEN } from '#shared/platform/due.ts';
import type { Item, Key, Table } from '#shared/platform/table.ts';
import { DunningCase, noDunning } from './dunning-case.ts';

/** `account#<a>` / `dunning`: the account's dunning. A due item; closed cases stand beside it as `dunning#<number>`. */
export const DunningItem = DueFields.extend(DunningCase.shape).extend({
  kind: z.literal('dunning'),
  /** Counts the changes of the case itself, so that two of them cannot write over each other. */
  revision: z.int().nonnegative().default(0),
});
export type DunningItem = z.output<typeof DunningItem>;

export function dunningKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'dunning' };
}

/** The case as attributes for `set`: members that it does not have are removed. */
export function caseAttributes(dunning: DunningCase): Record<string, unknown> {
  const encoded: Record<string, unknown> = z.encode(DunningCase, dunning);
  return Object.fromEntries(Object.keys(DunningCase.shape).map(name => [name, encoded[name]]));
}

/** A change of the case, as a change of its item. */
export function caseChange(dunning: DunningCase) {
  return { set: caseAttributes(dunning), add: { revision: 1 } } as const;
}

/** A new item around a case, without a moment to look. */
export function newDunningItem(dunning: DunningCase): Item {
  return {
    ...dunningKey(dunning.account),
    kind: 'dunning',
    revision: 0,
    ...NEVER_TAKEN,
    ...caseAttributes(dunning),
  };
}

/** Where a case that was closed is kept when the next one opens. */
export function pastCaseItem(dunning: DunningCase): Item {
  return { pk: `account#${dunning.account}`, sk: `dunning#${dunning.number}`, ...caseAttributes(dunning) };
}

/** Strongly consistent. */
export async function findDunning(table: Table, account: string): Promise<DunningCase> {
  return (await table.get(dunningKey(account), DunningCase)) ?? noDunning(account);
}

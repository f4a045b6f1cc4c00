import type * as z from 'zod';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Table } from '#shared/platform/table.ts';
import type { LineState } from '../account.ts';
import { findAccount, linesOf } from '../account-book.ts';
import { IdentifierAssignments, identifierKey } from '../identifiers/identifier-assignments.ts';
import type { AccountItem } from '../records/account-item.ts';
import { DIRECTORY, DirectoryEntry, WordEntry, wordPartition } from './directory-items.ts';
import { wordsOf } from './search-words.ts';

/** Of the lines of an account the one that says most; `new`: it never had one. */
export const ACCOUNT_STATES = ['new', 'active', 'pending', 'suspended', 'ended'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export interface FoundAccount {
  readonly item: AccountItem;
  readonly state: AccountState;
}

export interface AccountFilter {
  readonly search: string | undefined;
  readonly state: AccountState | undefined;
}

interface FoundPage {
  readonly accounts: readonly FoundAccount[];
  /** Sort key of the last entry that was looked at; `undefined`: there are no more. */
  readonly next: string | undefined;
}

/** So many entries are looked at for one page, which may then be short although more follow. */
const LOOKED_AT = 500;
const READ_AT_ONCE = 16;

/**
 * Accounts, newest first, or in order of the word that was found. Of several words each must begin a word of the
 * account; a whole number or SIM (msisdn, imsi, iccid) finds who has or had it.
 */
export async function findAccounts(
  ledger: Table,
  { search, state }: AccountFilter,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<FoundPage> {
  const numbered = search === undefined ? [] : await ownersOf(ledger, search);
  const entries = search === undefined ? newestFirst(ledger, page.after) : withWords(ledger, search, page.after);
  const accounts = page.after === undefined ? await fitting(ledger, numbered, state) : [];
  let looked: z.output<typeof DirectoryEntry>[] = [];
  let count = 0;
  let last: string | undefined;
  for await (const entry of entries) {
    // Enough, and this one shows that more follow.
    if (accounts.length >= page.limit || count === LOOKED_AT) return { accounts, next: last };
    if (!numbered.includes(entry.account)) looked.push(entry);
    count++;
    last = entry.sk;
    if (looked.length < Math.min(READ_AT_ONCE, page.limit - accounts.length)) continue;
    accounts.push(
      ...(await fitting(
        ledger,
        looked.map(({ account }) => account),
        state,
      )),
    );
    looked = [];
  }
  accounts.push(
    ...(await fitting(
      ledger,
      looked.map(({ account }) => account),
      state,
    )),
  );
  return { accounts, next: undefined };
}

async function* newestFirst(ledger: Table, after: string | undefined) {
  const range = { pk: DIRECTORY, newestFirst: true, ...(after !== undefined && { after }) };
  yield* ledger.query(range, DirectoryEntry);
}

async function* withWords(ledger: Table, search: string, after: string | undefined) {
  const wanted = wordsOf(search);
  const longest = [...wanted].sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return;
  const range = { pk: wordPartition(longest), beginsWith: longest, ...(after !== undefined && { after }) };
  for await (const entry of ledger.query(range, WordEntry)) {
    const { account, sk, words } = entry;
    // An account with several fitting words is told at the first of them.
    const first = words.find(word => word.startsWith(longest) && wordPartition(word) === range.pk);
    const fits = wanted.every(word => words.some(own => own.startsWith(word)));
    if (fits && sk === `${first}#${account}`) yield entry;
  }
}

/** The accounts that have the number now or had it, the last one first. */
async function ownersOf(ledger: Table, search: string): Promise<string[]> {
  const [number, ...others] = wordsOf(search);
  if (number === undefined || others.length > 0) return [];
  const names = /^\d{5,22}$/.test(number) ? [`+${number}`, `imsi:${number}`, `iccid:${number}`] : [number];
  const owners = await allInParallel(names, names.length, async name =>
    /^\+\d|^(imsi|iccid|line):/.test(name) ? ledger.get(identifierKey(name), IdentifierAssignments) : undefined,
  );
  return [...new Set(owners.flatMap(found => [...(found?.owners ?? [])].reverse().map(({ account }) => account)))];
}

async function fitting(
  ledger: Table,
  ids: readonly string[],
  state: AccountState | undefined,
): Promise<FoundAccount[]> {
  const found = await allInParallel([...ids], READ_AT_ONCE, async id => {
    const item = await findAccount(ledger, id, { consistent: false });
    if (item === undefined) return undefined;
    return { item, state: stateOf((await linesOf(ledger, id, { consistent: false })).map(line => line.state)) };
  });
  return found.filter(one => one !== undefined).filter(one => state === undefined || one.state === state);
}

function stateOf(lines: readonly LineState[]): AccountState {
  const states: readonly LineState[] = ['active', 'pending', 'suspended', 'ended'];
  return states.find(state => lines.includes(state)) ?? 'new';
}

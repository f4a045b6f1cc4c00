import * as z from 'zod';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import type { Key, Write } from '#shared/platform/table.ts';

// Written with the account, in its transaction, so that a word never leads to an account that does not have it:
//
//   `accounts`                  / `<created>#<account>`   every account, for the list
//   `account-word#<abc>`        / `<word>#<account>`      by the first three characters of a word, for the search

export const DIRECTORY = 'accounts';

export const DirectoryEntry = z.object({ sk: z.string(), account: z.string() });

/** `words`: all those of the account, so that a search by several need not read it. */
export const WordEntry = DirectoryEntry.extend({ words: z.array(z.string()) });

/** A word of fewer characters has a partition of its own. */
const PREFIX = 3;

export function wordPartition(word: string): string {
  return `account-word#${[...word].slice(0, PREFIX).join('')}`;
}

function wordKey(word: string, account: string): Key {
  return { pk: wordPartition(word), sk: `${word}#${account}` };
}

/**
 * What is written beside an account so that it is found by these words. `before`: those that it was found by until now;
 * `undefined`: none were ever written, because it is new or older than this directory.
 */
export function directoryWrites(
  account: { readonly account: string; readonly createdAt: Instant },
  before: readonly string[] | undefined,
  words: readonly string[],
): Write[] {
  const { account: id, createdAt } = account;
  if (before !== undefined && before.join('\n') === words.join('\n')) return [];
  const entry = { pk: DIRECTORY, sk: `${printInstant(createdAt)}#${id}`, account: id };
  const gone = (before ?? []).filter(word => !words.includes(word));
  return [
    ...(before === undefined ? [{ put: entry }] : []),
    ...words.map(word => ({ put: { ...wordKey(word, id), account: id, words: [...words] } })),
    ...gone.map(word => ({ delete: wordKey(word, id) })),
  ];
}

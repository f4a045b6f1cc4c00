import type { AccountValues } from '../account-values.ts';

/** A transaction has at most 100 writes, and an account may be found anew and given up by all its words in one. */
const MOST_WORDS = 40;
const LONGEST_WORD = 254;

/** By which words an account is found: those of its name, its mail address, phone, external ids and own id; sorted. */
export function searchWords(
  account: string,
  { name, email, phone, externalIds }: Pick<AccountValues, 'name' | 'email' | 'phone' | 'externalIds'>,
): string[] {
  const wholes = [account, email, ...(phone === undefined ? [] : [phone]), ...Object.values(externalIds)];
  const ofName = wordsOf(name).flatMap(word => [word, ...word.split(/[^\p{L}\p{N}]+/u)]);
  const words = [...wholes.flatMap(wordsOf), ...ofName].filter(word => word !== '');
  return [...new Set(words.map(word => word.slice(0, LONGEST_WORD)))].slice(0, MOST_WORDS).sort();
}

/** The words of a text as they are looked up: without case, accents and marks at the edges. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/\s+/)
    .map(word => word.replace(/^[,;.'"()]+|[,;.'"()]+$/g, ''))
    .filter(word => word !== '');
}

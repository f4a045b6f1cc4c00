/**
 * Longest-prefix search over digit strings: one Int32Array, so that a look-up touches memory a handful of times and
 * makes no strings. Per node eleven slots: [0-9] what follows the digit, [10] the node's own value + 1, or 0. What
 * follows is 0 (nothing), a node (> 0), or a leaf: the negative of its value + 1. Leaves are most of the prefixes and
 * take no node, which halves the memory that look-ups wander through.
 */
const SLOTS = 11;
const VALUE = 10;
const ZERO_CODE = 48;

export type PrefixTrie = Int32Array;

/** `prefixes[i]` (digits only) is found as `i`; entries that are `undefined` are left out. Raises RangeError for non-digits. */
export function buildPrefixTrie(prefixes: readonly (string | undefined)[]): PrefixTrie {
  const builder = new TrieBuilder(prefixes.length);
  prefixes.forEach((prefix, index) => {
    if (prefix !== undefined) builder.insert(prefix, index + 1);
  });
  return builder.finish();
}

/** The index of the longest prefix of `text` from `start` on, or -1. Characters that are not digits end the search. */
export function longestPrefix(trie: PrefixTrie, text: string, start: number): number {
  let node = 0;
  let found = trie[VALUE] ?? 0;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO_CODE;
    if (digit < 0 || digit > 9) break;
    const next = trie[node * SLOTS + digit] ?? 0;
    if (next < 0) return -next - 1;
    if (next === 0) break;
    node = next;
    const value = trie[node * SLOTS + VALUE] ?? 0;
    if (value !== 0) found = value;
  }
  return found - 1;
}

class TrieBuilder {
  #slots: Int32Array<ArrayBuffer>;
  #nodes = 1;

  constructor(prefixes: number) {
    this.#slots = new Int32Array(SLOTS * Math.max(16, prefixes));
  }

  insert(prefix: string, value: number): void {
    let node = 0;
    const last = prefix.length - 1;
    for (let at = 0; at < last; at++) node = this.#nodeBehind(node * SLOTS + digitAt(prefix, at));
    if (last < 0) {
      this.#slots[VALUE] = value;
      return;
    }
    const slot = node * SLOTS + digitAt(prefix, last);
    const next = this.#slots[slot] ?? 0;
    if (next > 0) this.#slots[next * SLOTS + VALUE] = value;
    else this.#slots[slot] = -value;
  }

  finish(): PrefixTrie {
    return this.#slots.slice(0, this.#nodes * SLOTS);
  }

  /** The node behind a slot; a leaf there becomes one. */
  #nodeBehind(slot: number): number {
    const next = this.#slots[slot] ?? 0;
    if (next > 0) return next;
    const node = this.#nodes++;
    if (this.#nodes * SLOTS > this.#slots.length) {
      const larger = new Int32Array(this.#slots.length * 2);
      larger.set(this.#slots);
      this.#slots = larger;
    }
    this.#slots[slot] = node;
    this.#slots[node * SLOTS + VALUE] = -next;
    return node;
  }
}

function digitAt(prefix: string, at: number): number {
  const digit = prefix.charCodeAt(at) - ZERO_CODE;
  if (!(digit >= 0 && digit <= 9)) throw new RangeError(`Not a digit prefix: ${prefix}`);
  return digit;
}

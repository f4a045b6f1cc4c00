import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPrefixTrie, longestPrefix } from '#shared/catalog/prefix-trie.ts';

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map(all => all.join(''));

describe('The prefix trie', () => {
  it.each([
    ['+46701234567', '467'],
    ['+46812345678', '46'],
    ['+4687', '46'],
    ['+1876555', '1876'],
    ['+187', '1'],
    ['+46', '46'],
  ])('finds the longest prefix of %s: %s', (peer, expected) => {
    // given
    const prefixes = ['46', '467', '1', '1876', '8'];
    // when
    const found = longestPrefix(buildPrefixTrie(prefixes), peer, 1);
    // then
    expect(prefixes[found]).toBe(expected);
  });

  it('finds nothing where no prefix fits', () => {
    expect(longestPrefix(buildPrefixTrie(['46']), '+33123', 1)).toBe(-1);
    expect(longestPrefix(buildPrefixTrie([]), '+33123', 1)).toBe(-1);
    expect(longestPrefix(buildPrefixTrie(['46']), '+4', 1)).toBe(-1);
  });

  it('refuses prefixes that are no digits', () => {
    expect(() => buildPrefixTrie(['4a'])).toThrow(RangeError);
  });

  it('agrees with looking at every prefix', () => {
    fc.assert(
      fc.property(fc.uniqueArray(digits(1, 6), { maxLength: 200 }), fc.array(digits(1, 12)), (prefixes, peers) => {
        // given
        const trie = buildPrefixTrie(prefixes);
        for (const peer of peers) {
          // when
          const found = prefixes[longestPrefix(trie, `+${peer}`, 1)];
          // then
          const naive = prefixes.filter(prefix => peer.startsWith(prefix)).sort((a, b) => b.length - a.length)[0];
          expect(found).toBe(naive);
        }
      }),
    );
  });
});

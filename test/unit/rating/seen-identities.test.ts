import { describe, expect, it } from 'vitest';
import { SeenIdentities } from '#shared/rating/seen-identities.ts';

describe('identities that were seen', () => {
  it('are known again, each of them, however many there are', () => {
    const seen = new SeenIdentities();
    const identities = Array.from({ length: 50_000 }, (_, n) => `msc-1/call-${n}`);

    expect(identities.filter(identity => seen.add(identity))).toEqual([]);
    expect(identities.filter(identity => !seen.add(identity))).toEqual([]);
  });

  it('are others where one letter differs', () => {
    const seen = new SeenIdentities();
    seen.add('msc-1/a');

    expect(['msc-1/b', 'msc-2/a', 'msc-1/a ', 'MSC-1/a', 'msc-1/', ''].map(identity => seen.add(identity))).toEqual(
      Array(6).fill(false),
    );
  });
});

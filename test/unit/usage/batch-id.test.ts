import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMED_BATCH, readBatchId, signBatchId, stampTag } from '#shared/usage/posting/batch-id.ts';

const batch = fc.record({
  acceptedAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  accepted: fc.integer({ min: 1, max: 10_000 }),
  nonce: fc.stringMatching(/^[0-9a-z]{1,10}$/),
});

describe('a batch id of ours', () => {
  it('says when the batch was accepted and how many records it has, to the holder of the secret', () => {
    fc.assert(
      fc.property(batch, fc.string({ minLength: 1 }), (one, secret) => {
        const { acceptedAt, accepted } = one;
        expect(readBatchId(signBatchId(one, secret), secret)).toEqual({ acceptedAt, accepted });
        expect(readBatchId(signBatchId(one, secret), `${secret}x`)).toBeUndefined();
      }),
    );
  });

  it('is none with any other character', () => {
    fc.assert(
      fc.property(batch, fc.nat(), fc.constantFrom('0', 'z', '~', 'A'), (one, place, character) => {
        const id = signBatchId(one, 'secret');
        const at = place % id.length;
        const other = `${id.slice(0, at)}${character}${id.slice(at + 1)}`;
        expect(readBatchId(other, 'secret') === undefined).toBe(other !== id);
      }),
    );
  });

  it('is never one that a caller may choose', () => {
    fc.assert(fc.property(batch, one => !NAMED_BATCH.test(signBatchId(one, 'secret'))));
  });

  it.each(['', '~', '~~~', 'a~b~c~', 'day-1'])('is not "%s"', id => {
    expect(readBatchId(id, 'secret')).toBeUndefined();
  });
});

describe('the tag of a stamp', () => {
  it('is three characters of its batch and source', () => {
    const tags = Array.from({ length: 1_000 }, (_, n) => stampTag('switch-1', `day-${n}`));

    expect(tags.every(tag => /^[0-9a-z]{3}$/.test(tag))).toBe(true);
    expect(stampTag('switch-1', 'day-1')).toBe(stampTag('switch-1', 'day-1'));
    expect(stampTag('switch-2', 'day-1')).not.toBe(stampTag('switch-1', 'day-1'));
  });
});

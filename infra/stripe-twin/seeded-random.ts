import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that come in the same order for the same seed. */
export function seededRandom(seed: string): () => number {
  let n = 0;
  return () => {
    n += 1;
    return createHash('sha256').update(`${seed}:${n}`).digest().readUInt32BE() / 2 ** 32;
  };
}

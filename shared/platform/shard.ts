import { createHash } from 'node:crypto';

/** Spreads keys evenly and for ever alike over `count` places (0 to count - 1). `salt` makes independent spreads of the same key. */
export function shardOf(key: string, count: number, salt = ''): number {
  const digest = createHash('sha256').update(salt).update('\0').update(key).digest();
  return digest.readUInt32BE(0) % count;
}

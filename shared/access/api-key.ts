import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { SCOPES } from '#shared/platform/http/caller.ts';
import type { Key } from '#shared/platform/table.ts';

/** 256 bits: guessing is hopeless, so a plain hash is enough and costs nothing on every request. */
export const KEY_BYTES = 32;

/** `dk_` and 43 characters. */
export function printApiKey(random: Uint8Array): string {
  return `dk_${Buffer.from(random).toString('base64url')}`;
}

/** SHA-256 in hex. The key itself is stored nowhere. */
export function digestOfKey(key: string): string {
  return sha256(key);
}

/**
 * Ledger item `key#<digest>` / `key`. Carries what usage needs of the source, so that a request costs one read.
 */
export const ApiKeyItem = z.object({
  scopes: z.array(z.enum(SCOPES)),
  /** For people: whose key this is. */
  label: z.string(),
  createdAt: z.string(),
  source: z.string().optional(),
  sourceCode: z.string().optional(),
  batchSecret: z.string().optional(),
});
export type ApiKeyItem = z.infer<typeof ApiKeyItem>;

export function apiKeyAddress(digest: string): Key {
  return { pk: `key#${digest}`, sk: 'key' };
}

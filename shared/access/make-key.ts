import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { InvalidInput } from '#shared/platform/failure.ts';
import type { Scope } from '#shared/platform/http/caller.ts';
import { type Clock, printInstant } from '#shared/platform/instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import { ApiKeyItem, apiKeyAddress, digestOfKey, KEY_BYTES, printApiKey } from './api-key.ts';
import { ensureSource, SOURCE_NAME } from './source.ts';

export interface NewKey {
  readonly scopes: readonly Scope[];
  readonly label: string;
  /** Needed to post usage; one name for ever, whatever keys it has. */
  readonly source?: string | undefined;
}

/**
 * Makes an API key and answers it, the only time that anybody sees it. `key` is for the local cloud, whose key is known.
 * @throws InvalidInput when it could post usage for no source, or the source's name cannot be one
 */
export async function makeKey(
  ledger: Table,
  { scopes, label, source: sourceName }: NewKey,
  clock: Clock,
  key: string = printApiKey(randomBytes(KEY_BYTES)),
): Promise<string> {
  if (scopes.length === 0) throw new InvalidInput(422, 'no-scopes', 'A key needs at least one scope.');
  if (scopes.includes('usage:write') && sourceName === undefined) {
    throw new InvalidInput(422, 'no-source', 'A key with the scope usage:write needs a source.');
  }
  if (sourceName !== undefined && !SOURCE_NAME.test(sourceName)) {
    throw new InvalidInput(422, 'invalid-source', 'A source is 1 to 64 letters, digits, dots, dashes or underscores.');
  }
  const source = sourceName === undefined ? undefined : await ensureSource(ledger, sourceName, newSecret);
  const told = { scopes, label, createdAt: printInstant(clock()), source: source?.name };
  // First the list: an entry without a key does nothing, and a key that is on no list is not found when it must be ended.
  await ledger.put({ ...listAddress(digestOfKey(key)), ...told });
  await ledger.put({
    ...apiKeyAddress(digestOfKey(key)),
    ...told,
    sourceCode: source?.code,
    batchSecret: source?.batchSecret,
  });
  return key;
}

/** Ends a key by its digest or by itself; `false` when there is none. It works for another 30 s where it was just used. */
export async function revokeKey(ledger: Table, keyOrDigest: string): Promise<boolean> {
  const digest = keyOrDigest.startsWith('dk_') ? digestOfKey(keyOrDigest) : keyOrDigest;
  const isEnded = await ledger.delete(apiKeyAddress(digest), { expression: 'attribute_exists(pk)' });
  await ledger.delete(listAddress(digest));
  return isEnded;
}

/** `keys` / `<digest>`: what people may know of a key. Not of keys that were made before there was a list. */
const ListedKey = ApiKeyItem.pick({ scopes: true, label: true, createdAt: true, source: true })
  .extend({ sk: z.string() })
  .transform(({ sk: digest, ...told }) => ({ ...told, digest }));
export type ListedKey = z.output<typeof ListedKey>;

/** The keys that there are, in the order in which they were made. */
export async function listKeys(ledger: Table): Promise<readonly ListedKey[]> {
  const keys = await Array.fromAsync(ledger.query({ pk: LIST }, ListedKey));
  return keys.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

const LIST = 'keys';

function listAddress(digest: string): Key {
  return { pk: LIST, sk: digest };
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

import type { Authenticate, Caller } from '#shared/platform/http/caller.ts';
import { type Clock, elapsedTime, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { TimedCache } from '#shared/platform/timed-cache.ts';
import { ApiKeyItem, apiKeyAddress, digestOfKey } from './api-key.ts';

/** A revoked key works for so long where it was just used. */
const REMEMBERED_FOR = 30 * SECOND;
/** An unknown key may be created in the next moment; a caller who tries keys must not cost a read each time. */
const UNKNOWN_REMEMBERED_FOR = 5 * SECOND;

const KEY = /^dk_[A-Za-z0-9_-]{6,64}$/;

/** Finds callers by the hash of their key, in the ledger. */
export function ledgerKeys(ledger: Table, clock: Clock = elapsedTime): Authenticate {
  const cache = new TimedCache<{ readonly caller: Caller | undefined }>(clock);
  return async key => {
    if (!KEY.test(key)) return undefined;
    const digest = digestOfKey(key);
    const known = cache.get(digest);
    if (known !== undefined) return known.caller;
    const item = await ledger.get(apiKeyAddress(digest), ApiKeyItem, { consistent: false });
    const caller = item && callerOf(digest, item);
    cache.set(digest, { caller }, caller === undefined ? UNKNOWN_REMEMBERED_FOR : REMEMBERED_FOR);
    return caller;
  };
}

function callerOf(keyDigest: string, item: ApiKeyItem): Caller {
  const { scopes, source: name, sourceCode: code, batchSecret } = item;
  const isSource = name !== undefined && code !== undefined && batchSecret !== undefined;
  return { keyDigest, scopes, ...(isSource && { source: { name, code, batchSecret } }) };
}

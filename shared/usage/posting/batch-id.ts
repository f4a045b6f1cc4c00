import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#shared/platform/instant.ts';

/**
 * A batch id of ours says by itself when the batch was accepted and how many records it has, and is signed with the
 * source's secret: so `GET /v1/usage/batches/{id}` answers `received` before anything about the batch is stored.
 * `mi8k2x1a~k3v9qz2m~dw~Zx81kd02Lq`; a `~` never occurs in ids that callers choose.
 */
export function signBatchId(batch: { acceptedAt: Instant; accepted: number; nonce: string }, secret: string): string {
  const head = `${batch.acceptedAt.toString(36)}~${batch.nonce}~${batch.accepted.toString(36)}`;
  return `${head}~${signature(head, secret)}`;
}

/** `undefined` when it is not an id that we gave to the holder of this secret. */
export function readBatchId(id: string, secret: string): { acceptedAt: Instant; accepted: number } | undefined {
  const cut = id.lastIndexOf('~');
  const head = id.slice(0, Math.max(cut, 0));
  const expected = Buffer.from(signature(head, secret));
  const given = Buffer.from(id.slice(cut + 1));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [acceptedAt = '', , accepted = ''] = head.split('~');
  return { acceptedAt: Number.parseInt(acceptedAt, 36), accepted: Number.parseInt(accepted, 36) };
}

/** Ids that a caller may choose by `?batch=`. */
export const NAMED_BATCH = /^[A-Za-z0-9][A-Za-z0-9._:@+-]{0,63}$/;

/** Three characters that stand for the batch in the stamps it leaves on pages; with the second they tell batches apart. */
export function stampTag(source: string, batch: string): string {
  const hash = createHash('sha256').update(`${source}\n${batch}`).digest();
  return (hash.readUInt32BE(0) % 36 ** 3).toString(36).padStart(3, '0');
}

function signature(head: string, secret: string): string {
  return createHmac('sha256', secret).update(head).digest('base64url').slice(0, 10);
}

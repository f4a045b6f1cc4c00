import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';

/**
 * What a link leads to: a bill; the paper of a bill, for who prints a letter; a way to pay an invoice; a way to replace
 * the card. `session` leads nowhere: it is the cookie of who has shown to be the subscriber.
 */
const TARGETS = ['bill', 'letter', 'pay', 'card', 'session'] as const;

/** What a link stands for: one thing of one account, until a moment. */
export interface Link {
  readonly to: (typeof TARGETS)[number];
  readonly account: string;
  /** Id of the bill, also for `letter`, or of the invoice; empty for `card` and `session`, which are the account's. */
  readonly subject: string;
  /** Whole seconds; what is beyond them is cut off. */
  readonly expiresAt: Instant;
}

export type ReadLink =
  | { readonly state: 'valid' | 'expired'; readonly link: Link }
  /** Not signed by this stage: made up, damaged, or signed with a secret that is gone. */
  | { readonly state: 'unknown' };

/** Half of HMAC-SHA-256: 128 bits, which cannot be guessed over a network. */
const SIGNATURE_BYTES = 16;

const Payload = z.tuple([
  z.enum(TARGETS),
  z.string().regex(/^[0-9a-z]{1,7}$/),
  AccountId,
  z.string().regex(/^[\w-]{0,54}$/),
]);

/**
 * A link as one word of letters, digits, `-` and `_`, at most 200 characters: what it stands for and a signature,
 * `base64url(<to>|<expires, seconds in base 36>|<account>|<subject> <16 bytes>)`. No dot, so that `.pdf` may follow.
 */
export function signLink(secret: string, { to, account, subject, expiresAt }: Link): string {
  const parts = Payload.parse([to, Math.floor(expiresAt / SECOND).toString(36), account, subject]);
  const payload = Buffer.from(parts.join('|'));
  return Buffer.concat([payload, signatureOf(secret, payload)]).toString('base64url');
}

/** @param secrets all that may have signed it: while one is being replaced, the new and the old one. */
export function readLink(secrets: readonly string[], token: string, now: Instant): ReadLink {
  const bytes = Buffer.from(token, 'base64url');
  // base64url reads leniently: a last character with other unused bits would be a second token for the same link.
  if (bytes.length <= SIGNATURE_BYTES || bytes.toString('base64url') !== token) return { state: 'unknown' };
  const payload = bytes.subarray(0, -SIGNATURE_BYTES);
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  if (!secrets.some(secret => timingSafeEqual(signature, signatureOf(secret, payload)))) return { state: 'unknown' };
  const [to, expires, account, subject] = Payload.parse(payload.toString().split('|'));
  const link = { to, account, subject, expiresAt: Number.parseInt(expires, 36) * SECOND };
  return { state: now < link.expiresAt ? 'valid' : 'expired', link };
}

/** The name in front keeps these apart from whatever else is signed with the same secret. */
function signatureOf(secret: string, payload: Uint8Array): Buffer {
  return createHmac('sha256', secret).update('dunlin-link-1|').update(payload).digest().subarray(0, SIGNATURE_BYTES);
}

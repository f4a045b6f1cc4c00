import { createHash } from 'node:crypto';

/** SHA-256 of text (as UTF-8) or bytes, as text. */
export function sha256(content: string | Uint8Array, encoding: 'hex' | 'base64url' = 'hex'): string {
  return createHash('sha256').update(content).digest(encoding);
}

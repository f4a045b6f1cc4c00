import * as z from 'zod';
import { Unavailable } from '#shared/platform/failure.ts';

export interface LinkSecrets {
  /** Signs new links. */
  readonly signing: string;
  /** Those that links may be signed with, the signing one among them. */
  readonly accepted: readonly string[];
}

/** 32 characters of base64url are 192 bits. */
const Secrets = z
  .string()
  .transform(text => text.split(',').map(secret => secret.trim()))
  .pipe(z.tuple([z.string().min(32)], z.string().min(32)));

/**
 * What the parameter `/dunlin/<stage>/links/secret` holds: one secret, or while it is being replaced the new and the
 * old one, separated by a comma; the first one signs. An old one stays for as long as its links shall work.
 * @param read the parameter, as text
 * @param whenUnusable rings: no link can be made or opened until it is put right
 * @throws Unavailable `link-secret-unusable`, and what `read` throws
 */
export async function linkSecrets(read: () => Promise<string>, whenUnusable: () => void): Promise<LinkSecrets> {
  const parsed = Secrets.safeParse(await read());
  if (parsed.success) return { signing: parsed.data[0], accepted: parsed.data };
  whenUnusable();
  throw new Unavailable('link-secret-unusable', 'The parameter holds no secret of at least 32 characters.');
}

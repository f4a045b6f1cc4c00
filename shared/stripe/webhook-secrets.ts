import * as z from 'zod';
import { Unavailable } from '#shared/platform/failure.ts';
import { countMissingSecret } from '#shared/platform/secret-parameter.ts';

const Secrets = z
  .string()
  .transform(text => text.split(',').map(secret => secret.trim()))
  .pipe(z.array(z.string().regex(/^whsec_\S+$/)).min(1));

/**
 * What the parameter holds: one `whsec_...`, or while it is being replaced the old and the new one, separated by a
 * comma.
 * @throws Unavailable `webhook-secret-missing` for anything else: Stripe delivers again when it is put right
 */
export function parseWebhookSecrets(text: string, whenMissing = countMissingSecret): readonly string[] {
  const parsed = Secrets.safeParse(text);
  if (parsed.success) return parsed.data;
  whenMissing();
  throw new Unavailable('webhook-secret-missing', 'The parameter holds no webhook secrets.');
}

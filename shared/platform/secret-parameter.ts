import { Unavailable } from './failure.ts';
import { type Clock, MINUTE } from './instant.ts';
import { metrics } from './log.ts';

/**
 * The secrets of a stage, each a SecureString of the parameter store. An operator, or `dunlin setup`, puts them there:
 * no template ever holds one.
 */
export const SECRET_PARAMETERS = {
  /** Stripe's secret key. */
  stripe: 'stripe/secret-key',
  /** What Stripe signs its events with: one secret, or two while it is being replaced. */
  webhook: 'stripe/webhook-secrets',
  /** What signs the links in messages: one secret, or the new and the old one. */
  links: 'links/secret',
  /** What signs the posts to the operator's endpoint. */
  operator: 'operator/secret',
} as const;
export type SecretName = keyof typeof SECRET_PARAMETERS;

/** `/dunlin/dev/links/secret` */
export function secretParameterName(stage: string, secret: SecretName): string {
  return `/dunlin/${stage}/${SECRET_PARAMETERS[secret]}`;
}

const KEPT_FOR = 5 * MINUTE;

/**
 * Reads a SecureString of the parameter store, kept for five minutes: an exchanged secret is in use soon after. A
 * missing one is an outage that ends when it is put there (503, and `whenMissing` rings), not a crash.
 */
export function secretParameter(name: string, clock: Clock, whenMissing = countMissingSecret): () => Promise<string> {
  let kept: { readonly value: string; readonly until: number } | undefined;
  return async () => {
    if (kept === undefined || kept.until <= clock()) {
      kept = { value: await read(name, whenMissing), until: clock() + KEPT_FOR };
    }
    return kept.value;
  };
}

/** Rings: nothing works here until the secret is there. */
export function countMissingSecret(): void {
  metrics.addMetric('SecretMissing', 'Count', 1);
  metrics.publishStoredMetrics();
}

async function read(name: string, whenMissing: () => void): Promise<string> {
  // Imported when needed: functions that are never asked for Stripe start without it.
  const { GetParameterCommand, SSMClient } = await import('./parameter-store.ts');
  const ssm = new SSMClient({});
  try {
    const answer = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    const value = answer.Parameter?.Value;
    if (value === undefined || value === '') throw new Error('The parameter is empty.');
    return value;
  } catch (error) {
    whenMissing();
    throw new Unavailable(codeFor(name), `The secret ${name} cannot be read.`, { cause: error });
  } finally {
    ssm.destroy();
  }
}

/** `/dunlin/dev/links/secret` → `links-secret-missing`: logs hold codes, and no messages. */
function codeFor(name: string): string {
  return `${name.split('/').slice(-2).join('-')}-missing`;
}

import { printInstant } from '#shared/platform/instant.ts';
import { lazily } from '#shared/platform/services.ts';
import { sweep } from '#shared/platform/sweep.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run every minute. With its answer the local cloud, which moves the clock, skips the time in which nothing happens. */
export async function handler(): Promise<{ readonly nextAt: string | null }> {
  const { nextAt } = await sweep(await services());
  return { nextAt: nextAt === null ? null : printInstant(nextAt) };
}

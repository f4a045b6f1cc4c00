import { printInstant } from '#shared/platform/instant.ts';
import { lazily } from '#shared/platform/services.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run twice a day: counts the cases that nobody closed for days. */
export async function handler(): Promise<{ readonly open: number; readonly oldest: string | null }> {
  const { staying, measure } = await services();
  const { open, oldest } = await staying();
  measure(open);
  return { open, oldest: oldest === null ? null : printInstant(oldest) };
}

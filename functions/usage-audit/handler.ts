import { lazily } from '#shared/platform/services.ts';
import { announceUncounted } from '#shared/usage/intake/audit-objects.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run twice a day: tells intake of the batches in the bucket that it never heard of. */
export async function handler(): Promise<{ readonly announced: number }> {
  const { audit, measure } = await services();
  const announced = await announceUncounted(audit);
  measure(announced);
  return { announced };
}

import { lazily } from '#shared/platform/services.ts';
import { announceUnread } from '#shared/usage/files/audit-files.ts';
import { announceUncounted } from '#shared/usage/intake/audit-objects.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run twice a day: tells of the batches and files in the bucket that nobody heard of. */
export async function handler(): Promise<{ readonly announced: number }> {
  const { audit, files, measure } = await services();
  const announced = (await announceUncounted(audit)) + (await announceUnread(files));
  measure(announced);
  return { announced };
}

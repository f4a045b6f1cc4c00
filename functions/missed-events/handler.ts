import { logFailure } from '#shared/platform/log.ts';
import { lazily } from '#shared/platform/services.ts';
import { lookAtStripe } from '#shared/reactions/look-at-stripe.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run twice a day: brings what no event brought. While Stripe is away the next run does it. */
export async function handler() {
  return lookAtStripe(await services(), SNAPSHOT_TYPES, logFailure);
}

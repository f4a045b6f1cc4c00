import { Failure } from '#shared/platform/failure.ts';
import { logFailure } from '#shared/platform/log.ts';
import { lazily } from '#shared/platform/services.ts';
import { fetchMissed } from '#shared/reactions/missed-events.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { buildServices } from './services.ts';

const services = lazily(buildServices);

/** Run twice a day: queues the events that Stripe could not deliver. While Stripe is away the next run does it. */
export async function handler(): Promise<{ readonly found: number }> {
  try {
    return { found: await fetchMissed(await services(), SNAPSHOT_TYPES) };
  } catch (error) {
    if (!(error instanceof Failure && error.retryable)) throw error;
    logFailure('missed events are fetched by the next run', error);
    return { found: 0 };
  }
}

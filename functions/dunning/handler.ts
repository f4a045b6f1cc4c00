import { followCase } from '#shared/dunning/follow-case.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { buildServices } from './services.ts';

/** Looks at what an account owes, and takes the steps that are due. */
export const handler = queueFunction({
  message: WakeUp,
  services: buildServices,
  take: ({ pk, sk }, services) => followCase(services, { pk, sk }),
});

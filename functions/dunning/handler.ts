import { followCase } from '#shared/dunning/follow-case.ts';
import { Poke } from '#shared/platform/poke.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { buildServices } from './services.ts';

/** Looks at what an account owes, and takes the steps that are due. */
export const handler = queueFunction({
  message: Poke,
  services: buildServices,
  take: ({ pk, sk }, services) => followCase(services, { pk, sk }),
});

import { queueFunction } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { buildServices } from './services.ts';
import { takeWakeUp } from './take-wake-up.ts';

/** Makes the bill of an invoice that became final, notes what was paid of it since, and puts the records of a long one together. */
export const handler = queueFunction({
  message: WakeUp,
  services: buildServices,
  take: takeWakeUp,
});

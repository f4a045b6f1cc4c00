import { queueBatchFunction } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { buildServices } from './services.ts';
import { takeWakeUps } from './take-wake-ups.ts';

/** Works on what the sweeper found: accounts at their minute, movements, ends of periods, lines. */
export const handler = queueBatchFunction({ message: WakeUp, services: buildServices, take: takeWakeUps });

import { queueFunction } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { buildServices } from './services.ts';
import { takeWakeUp } from './take-wake-up.ts';

/** Sends messages to subscribers, and commands to the operator's network. */
export const handler = queueFunction({ message: WakeUp, services: buildServices, take: takeWakeUp });

import { Poke } from '#shared/platform/poke.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { buildServices } from './services.ts';
import { takePoke } from './take-poke.ts';

/** Sends messages to subscribers, and commands to the operator's network. */
export const handler = queueFunction({ message: Poke, services: buildServices, take: takePoke });

import { Poke } from '#shared/platform/poke.ts';
import { queueBatchFunction } from '#shared/platform/queue.ts';
import { buildServices } from './services.ts';
import { takePokes } from './take-pokes.ts';

/** Works on what the sweeper found: accounts at their minute, movements, ends of periods, lines. */
export const handler = queueBatchFunction({ message: Poke, services: buildServices, take: takePokes });

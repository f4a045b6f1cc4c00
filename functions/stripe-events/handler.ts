import { queueBatchFunction } from '#shared/platform/queue.ts';
import { EventsMessage, takeEvents } from '#shared/reactions/take-events.ts';
import { buildServices } from './services.ts';

/** What happened at Stripe: claims each event, reads again what it is about, and wakes what does the work. */
export const handler = queueBatchFunction({ message: EventsMessage, services: buildServices, take: takeEvents });

import { noteFeedback } from '#shared/messages/mail/note-feedback.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { PublishedEvent } from './published-event.ts';
import { buildServices } from './services.ts';

/** Notes what became of mails. */
export const handler = queueFunction({
  message: PublishedEvent,
  services: buildServices,
  take: (event, services) => noteFeedback(services, event),
  putOff: (body, { queue }) => queue.send(body),
});

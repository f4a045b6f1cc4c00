import { queueBatchFunction } from '#shared/platform/queue.ts';
import { IntakeMessage } from '#shared/usage/intake/intake-message.ts';
import { takeInMessages } from '#shared/usage/intake/take-in-messages.ts';
import { buildServices } from './services.ts';

export const handler = queueBatchFunction({
  message: IntakeMessage,
  services: buildServices,
  take: takeInMessages,
  putOff: (body, { queue }) => queue.send(body),
});

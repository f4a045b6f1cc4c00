import { issueBill } from '#shared/invoicing/issue-bill.ts';
import { Poke } from '#shared/platform/poke.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { buildServices } from './services.ts';

/** Makes the bill of an invoice that became final, and notes what was paid of it since. */
export const handler = queueFunction({
  message: Poke,
  services: buildServices,
  take: ({ pk, sk }, services) => issueBill(services, { pk, sk }),
});

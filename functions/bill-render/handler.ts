import { issueBill } from '#shared/invoicing/issue/issue-bill.ts';
import { queueFunction } from '#shared/platform/queue.ts';
import { WakeUp } from '#shared/platform/wake-up.ts';
import { buildServices } from './services.ts';

/** Makes the bill of an invoice that became final, and notes what was paid of it since. */
export const handler = queueFunction({
  message: WakeUp,
  services: buildServices,
  take: ({ pk, sk }, services) => issueBill(services, { pk, sk }),
});

import { pageOperations } from '#shared/api/page-operations.ts';
import { openRoutesFor } from '#shared/platform/http/open-route.ts';
import { showBill } from './bill-pages.ts';
import { orderCode, takeCode } from './code-pages.ts';
import { withoutBody } from './open-link.ts';
import { leadToPay } from './pay-pages.ts';
import type { PageServices } from './services.ts';

export const pageRoutes = openRoutesFor<typeof pageOperations, PageServices>(pageOperations, {
  openBill: showBill,
  headBill: async (event, services) => withoutBody(await showBill(event, services)),
  enterCode: takeCode,
  orderCode,
  openPayment: leadToPay,
  headPayment: async (event, services) => withoutBody(await leadToPay(event, services)),
});

import { httpFunction } from '#shared/platform/http/http-function.ts';
import { billPages } from './bill-pages.ts';
import { codePages } from './code-pages.ts';
import { failurePage } from './open-link.ts';
import { payPages } from './pay-pages.ts';
import { buildServices } from './services.ts';

export const handler = httpFunction({
  routes: [...billPages, ...codePages, ...payPages],
  services: buildServices,
  failed: failurePage,
});

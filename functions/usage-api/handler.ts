import { httpFunction } from '#shared/platform/http/http-function.ts';
import { getBatch, getQuarantine, postUsage, redrive } from '#shared/usage/posting/usage-routes.ts';
import { buildServices } from './services.ts';

export const handler = httpFunction({
  routes: [postUsage, getBatch, getQuarantine, redrive],
  services: buildServices,
});

import { httpFunction } from '#shared/platform/http/http-function.ts';
import { buildServices } from './services.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const handler = httpFunction({ routes: webhookRoutes, services: buildServices });

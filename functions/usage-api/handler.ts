import { httpFunction } from '#shared/platform/http/http-function.ts';
import { fileRoutes } from './file-routes.ts';
import { buildServices } from './services.ts';
import { usageRoutes } from './usage-routes.ts';

export const handler = httpFunction({ routes: [...usageRoutes, ...fileRoutes], services: buildServices });

import { httpFunction } from '#shared/platform/http/http-function.ts';
import { failurePage } from './open-link.ts';
import { pageRoutes } from './page-routes.ts';
import { buildServices } from './services.ts';

export const handler = httpFunction({ routes: pageRoutes, services: buildServices, failed: failurePage });

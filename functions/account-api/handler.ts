import { httpFunction } from '#shared/platform/http/http-function.ts';
import { accountRoutes } from './account-routes.ts';
import { adjustmentRoutes } from './adjustment-routes.ts';
import { billRoutes } from './bill-routes.ts';
import { documentRoutes, placesOfApi } from './document-routes.ts';
import { dunningRoutes } from './dunning-routes.ts';
import { incidentRoutes } from './incident-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { readingRoutes } from './reading-routes.ts';
import { buildServices } from './services.ts';

export const handler = httpFunction({
  routes: [
    ...accountRoutes,
    ...adjustmentRoutes,
    ...readingRoutes,
    ...billRoutes,
    ...messageRoutes,
    ...dunningRoutes,
    ...incidentRoutes,
    ...documentRoutes,
  ],
  services: buildServices,
  elsewhere: placesOfApi,
});

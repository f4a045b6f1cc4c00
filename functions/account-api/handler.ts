import { httpFunction } from '#shared/platform/http/http-function.ts';
import { accountRoutes } from './account-routes.ts';
import { billRoutes } from './bill-routes.ts';
import { dunningRoutes } from './dunning-routes.ts';
import { lineRoutes } from './line-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { positionRoutes } from './position-routes.ts';
import { buildServices } from './services.ts';
import { usageRoutes } from './usage-routes.ts';

export const handler = httpFunction({
  routes: [
    ...accountRoutes,
    ...lineRoutes,
    ...usageRoutes,
    ...positionRoutes,
    ...billRoutes,
    ...messageRoutes,
    ...dunningRoutes,
  ],
  services: buildServices,
});

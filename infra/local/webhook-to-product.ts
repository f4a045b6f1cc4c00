import type { StripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { matchRoute } from './http/routes.ts';
import type { RouteSpec } from './template/deployment.ts';

/** What `dunlin setup` stores in an account of one's own. */
export const WEBHOOK_SECRET = 'whsec_local';

const WEBHOOK_PATH = '/stripe/webhook';

/** Stripe's events go to the product, where the app has a route for them. */
export function listenToStripe(twin: StripeTwin, routes: readonly RouteSpec[], api: string): void {
  const match = matchRoute(routes, 'POST', WEBHOOK_PATH);
  if (match === undefined || match.route.routeKey === '$default') return;
  twin.listen({ url: `${api}${WEBHOOK_PATH}`, secret: WEBHOOK_SECRET, enabledEvents: SNAPSHOT_TYPES });
}

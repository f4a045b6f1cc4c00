import { matchRoute } from './http/routes.ts';
import type { StripeTwin } from './stripe-twin/stripe-twin.ts';
import type { RouteSpec } from './template/deployment.ts';

/** What `dunlin setup` stores in an account of one's own. */
export const WEBHOOK_SECRET = 'whsec_local';

const WEBHOOK_PATH = '/stripe/webhook';

/** What the product has to hear of; everything else would only wake it. */
const EVENTS = [
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'customer.subscription.created',
  'customer.subscription.deleted',
  'customer.subscription.updated',
  'customer.updated',
  'invoice.created',
  'invoice.finalization_failed',
  'invoice.finalized',
  'invoice.marked_uncollectible',
  'invoice.overdue',
  'invoice.paid',
  'invoice.payment_action_required',
  'invoice.payment_failed',
  'invoice.updated',
  'invoice.voided',
  'payment_method.attached',
  'payment_method.detached',
];

/** Stripe's events go to the product, where the app has a route for them. */
export function listenToStripe(twin: StripeTwin, routes: readonly RouteSpec[], api: string): void {
  const match = matchRoute(routes, 'POST', WEBHOOK_PATH);
  if (match === undefined || match.route.routeKey === '$default') return;
  twin.listen({ url: `${api}${WEBHOOK_PATH}`, secret: WEBHOOK_SECRET, enabledEvents: EVENTS });
}

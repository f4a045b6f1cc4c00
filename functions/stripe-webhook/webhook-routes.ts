import { stripeOperations } from '#shared/api/stripe-operations.ts';
import { openRoutesFor } from '#shared/platform/http/open-route.ts';
import { takeDelivery, type WebhookServices } from '#shared/stripe/webhook-route.ts';

export const webhookRoutes = openRoutesFor<typeof stripeOperations, WebhookServices>(stripeOperations, {
  deliverEvent: takeDelivery,
});

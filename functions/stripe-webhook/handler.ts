import { httpFunction } from '#shared/platform/http/http-function.ts';
import { postWebhook } from '#shared/stripe/webhook-route.ts';
import { buildServices } from './services.ts';

export const handler = httpFunction({ routes: [postWebhook], services: buildServices });

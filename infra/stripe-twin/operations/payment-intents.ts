import { presentPaymentIntent } from '../objects/payment-intents.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { inRange, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

export const paymentIntentOperations = [
  operation({
    method: 'GET',
    path: '/v1/payment_intents',
    params: { ...pageParams, created: timeRange().optional(), customer: text().optional() },
    handle({ world, params: filter, path }) {
      const intents = newestFirst(
        world.store.all('payment_intent'),
        each =>
          inRange(filter.created, each.created) && (filter.customer === undefined || each.customer === filter.customer),
      );
      return pageOf(intents, filter, path, each => presentPaymentIntent(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/payment_intents/{intent}',
    params: {},
    handle({ world, ids }) {
      const intent = world.store.get('payment_intent', ids.intent);
      if (!intent) throw noSuch('payment_intent', ids.intent, 'intent');
      return presentPaymentIntent(world, intent);
    },
  }),
];

import { presentCharge } from '../objects/charges.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { inRange, pageParams, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

export const chargeOperations = [
  operation({
    method: 'GET',
    path: '/v1/charges',
    params: {
      ...pageParams,
      created: timeRange().optional(),
      customer: text().optional(),
      payment_intent: text().optional(),
    },
    handle({ world, params: filter, path }) {
      const charges = newestFirst(
        world.store.all('charge'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.customer === undefined || each.customer === filter.customer) &&
          (filter.payment_intent === undefined || each.payment_intent === filter.payment_intent),
      );
      return pageOf(charges, filter, path, each => presentCharge(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/charges/{charge}',
    params: {},
    handle({ world, ids }) {
      const charge = world.store.get('charge', ids.charge);
      if (!charge) throw noSuch('charge', ids.charge, 'charge');
      return presentCharge(world, charge);
    },
  }),
];

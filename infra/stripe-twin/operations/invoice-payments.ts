import { asStored } from '../objects/as-stored.ts';
import { noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, inRange, pageParams, params, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

export const invoicePaymentOperations = [
  operation({
    method: 'GET',
    path: '/v1/invoice_payments',
    params: {
      ...pageParams,
      created: timeRange().optional(),
      invoice: text().optional(),
      payment: params({ payment_intent: text(), type: choice('payment_intent') }).optional(),
      status: choice('open', 'paid', 'canceled').optional(),
    },
    handle({ world, params: filter, path }) {
      const payments = newestFirst(
        world.store.all('invoice_payment'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.invoice === undefined || each.invoice === filter.invoice) &&
          (filter.payment === undefined || each.payment.payment_intent === filter.payment.payment_intent) &&
          (filter.status === undefined || each.status === filter.status),
      );
      return pageOf(payments, filter, path, asStored);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/invoice_payments/{invoice_payment}',
    params: {},
    handle({ world, ids }) {
      const payment = world.store.get('invoice_payment', ids.invoice_payment);
      if (!payment) throw noSuch('invoice payment', ids.invoice_payment, 'invoice_payment');
      return asStored(payment);
    },
  }),
];

import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { choice, inRange, pageParams, params, text, timeRange } from '../http/params.ts';
import type { World } from '../world.ts';
import { asStored } from './presentation.ts';

/** Ties an invoice to the payment intent that collects it. */
export interface InvoicePayment {
  readonly id: string;
  readonly object: 'invoice_payment';
  readonly amount_paid: number | null;
  readonly amount_requested: number;
  readonly created: number;
  readonly currency: string;
  readonly invoice: string;
  readonly is_default: boolean;
  readonly livemode: false;
  readonly payment: { readonly payment_intent: string; readonly type: 'payment_intent' };
  readonly status: 'open' | 'paid' | 'canceled';
  readonly status_transitions: { readonly canceled_at: number | null; readonly paid_at: number | null };
}

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

export function paymentsOf(world: World, invoice: string): InvoicePayment[] {
  return newestFirst(world.store.all('invoice_payment'), payment => payment.invoice === invoice);
}

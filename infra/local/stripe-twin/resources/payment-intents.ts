import { noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { inRange, pageParams, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { presentPaymentMethod } from './payment-methods.ts';
import type { Decline } from './test-cards.ts';

export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_received: number;
  readonly canceled_at: number | null;
  readonly cancellation_reason: 'automatic' | 'void_invoice' | null;
  readonly client_secret: string;
  readonly created: number;
  readonly currency: string;
  readonly customer: string;
  readonly description: string;
  readonly latest_charge: string | null;
  readonly payment_method: string | null;
  readonly status: 'requires_payment_method' | 'succeeded' | 'canceled';
  /** The last refusal; shown as `last_payment_error`. */
  readonly declined: { readonly decline: Decline; readonly charge: string; readonly paymentMethod: string } | null;
}

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

export function presentPaymentIntent(world: World, intent: PaymentIntent): Wire {
  const { declined, ...shown } = intent;
  return { ...UNUSED, ...shown, last_payment_error: declined && paymentError(world, declined) };
}

/** The refusal as it stands on the intent. */
function paymentError(world: World, declined: NonNullable<PaymentIntent['declined']>): Wire {
  const method = world.store.get('payment_method', declined.paymentMethod);
  return {
    ...declined.decline,
    charge: declined.charge,
    doc_url: `https://stripe.com/docs/error-codes/${declined.decline.code.replaceAll('_', '-')}`,
    ...(method ? { payment_method: presentPaymentMethod(world, method) } : {}),
    type: 'card_error',
  };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  amount_capturable: 0,
  amount_details: { tip: {} },
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  capture_method: 'automatic',
  confirmation_method: 'automatic',
  customer_account: null,
  excluded_payment_method_types: null,
  livemode: false,
  managed_payments: null,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} as const;

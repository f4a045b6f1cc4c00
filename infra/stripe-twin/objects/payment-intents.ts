import type { PaymentIntent } from '../records/payment-intents.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { presentPaymentMethod } from './payment-methods.ts';

export function presentPaymentIntent(world: World, intent: PaymentIntent): Wire {
  const { declined, ...shown } = intent;
  const waits = intent.status === 'requires_action';
  return {
    ...UNUSED,
    ...shown,
    // A bank that waits for the cardholder has not refused.
    last_payment_error: declined && !waits ? paymentError(world, declined) : null,
    next_action: waits ? nextAction(intent) : null,
  };
}

function nextAction({ id }: PaymentIntent): Wire {
  return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', source: `src_${id}` } };
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
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
  },
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: 'off_session',
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} as const;

import type { Charge } from '../records/charges.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';

export function presentCharge(world: World, charge: Charge): Wire {
  const { decline, ...shown } = charge;
  const paid = charge.status === 'succeeded';
  return {
    ...UNUSED,
    ...shown,
    amount_captured: paid ? charge.amount : 0,
    amount_refunded: 0,
    billing_details: world.store.get('payment_method', charge.payment_method)?.billing_details,
    captured: paid,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome: {
      advice_code: decline?.advice_code ?? null,
      network_advice_code: null,
      network_decline_code: decline?.network_decline_code ?? null,
      network_status: decline ? 'declined_by_network' : 'approved_by_network',
      reason: decline?.decline_code ?? null,
      risk_level: 'normal',
      seller_message: decline ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
      type: decline ? 'issuer_declined' : 'authorized',
    },
    paid,
    refunded: false,
  };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: null,
  calculated_statement_descriptor: null,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  payment_method_details: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} as const;

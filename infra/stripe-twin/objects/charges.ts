import type { Charge } from '../records/charges.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { cardDetails, debitDetails } from './payment-methods.ts';

export function presentCharge(world: World, charge: Charge): Wire {
  const { decline, ...shown } = charge;
  const paid = charge.status === 'succeeded';
  const method = world.store.get('payment_method', charge.payment_method);
  const isTaken = charge.status !== 'failed';
  return {
    ...UNUSED,
    ...shown,
    amount_captured: isTaken ? charge.amount : 0,
    amount_refunded: 0,
    balance_transaction: paid ? charge.id.replace('ch_', 'txn_') : null,
    billing_details: method?.billing_details,
    calculated_statement_descriptor: isTaken ? STATEMENT : null,
    captured: isTaken,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    outcome: {
      advice_code: decline?.advice_code ?? null,
      network_advice_code: null,
      network_decline_code: decline?.network_decline_code ?? null,
      network_status: decline ? 'declined_by_network' : 'approved_by_network',
      reason: decline?.decline_code ?? null,
      risk_level: method?.type === 'card' ? 'normal' : 'not_assessed',
      ...(method?.type === 'card' && { risk_score: RISK_SCORE }),
      seller_message: decline ? sellerMessage(decline.decline_code) : 'Payment complete.',
      type: decline ? 'issuer_declined' : 'authorized',
    },
    paid,
    payment_method_details: method ? detailsOf(method, charge) : null,
    receipt_url: paid ? `${world.settings.address}/receipts/${charge.id}` : null,
    refunded: false,
  };
}

/** What cardholders read, of the name in `account_name`. */
const STATEMENT = 'DUNLIN LOCAL';

/** Of 100; Stripe's own test charges have between 0 and 64. */
const RISK_SCORE = 24;

function sellerMessage(code: string): string {
  return code === 'generic_decline'
    ? 'The bank did not return any further details with this decline.'
    : `The bank returned the decline code \`${code}\`.`;
}

function detailsOf(method: PaymentMethod, { amount, decline }: Charge): Wire {
  if (method.type === 'sepa_debit') {
    const { generated_from: _, ...account } = debitDetails(method);
    return { sepa_debit: { ...account, mandate: null }, type: 'sepa_debit' };
  }
  const { brand, country, exp_month, exp_year, fingerprint, funding, last4, regulated_status, wallet } =
    cardDetails(method);
  return {
    card: {
      amount_authorized: decline ? null : amount,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country,
      description: null,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      fingerprint,
      funding,
      iin: null,
      installments: null,
      issuer: null,
      last4,
      mandate: null,
      network: brand,
      network_token: { used: false },
      network_transaction_id: null,
      regulated_status,
      three_d_secure: null,
      wallet,
    },
    type: 'card',
  };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} as const;

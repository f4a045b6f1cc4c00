import type { DeclineClass } from '#shared/dunning/decline-class.ts';

/** What Stripe says about a refused payment, in its own words; each may be missing. */
export interface DeclineWords {
  readonly adviceCode?: string | undefined;
  readonly declineCode?: string | undefined;
  readonly networkAdviceCode?: string | undefined;
}

// Codes: docs.stripe.com/declines/codes (2026-04). What stands under `hard` first are those that Smart Retries does not
// execute without a new payment method (docs.stripe.com/billing/revenue-recovery/smart-retries); the classes of the others
// are this house's reading of what helps.
const CODES: Readonly<Record<DeclineClass, string>> = {
  hard:
    'highest_risk_level incorrect_number lost_card pickup_card revocation_of_all_authorizations ' +
    'revocation_of_authorization stolen_card transaction_not_allowed ' +
    'card_not_supported currency_not_supported expired_card fraudulent invalid_account merchant_blacklist ' +
    'new_account_information_available not_permitted pin_try_exceeded restricted_card security_violation ' +
    'service_not_allowed stop_payment_order incorrect_pin invalid_pin offline_pin_required ' +
    'online_or_offline_pin_required',
  data:
    'incorrect_address incorrect_cvc incorrect_zip invalid_amount invalid_cvc invalid_expiry_month ' +
    'invalid_expiry_year invalid_number',
  authentication: 'authentication_required authentication_not_handled',
  funds: 'insufficient_funds card_velocity_exceeded withdrawal_count_limit_exceeded',
  technical: 'processing_error issuer_not_available reenter_transaction approve_with_id try_again_later',
  generic:
    'generic_decline do_not_honor call_issuer no_action_taken do_not_try_again duplicate_transaction card_declined',
};

const CLASS_OF: ReadonlyMap<string, DeclineClass> = new Map(
  classes().flatMap(([name, codes]) => codes.split(' ').map((code): [string, DeclineClass] => [code, name])),
);

function classes(): readonly (readonly [DeclineClass, string])[] {
  const { hard, data, authentication, funds, technical, generic } = CODES;
  return [
    ['hard', hard],
    ['data', data],
    ['authentication', authentication],
    ['funds', funds],
    ['technical', technical],
    ['generic', generic],
  ];
}

/** Mastercard's advice codes that forbid a repetition (TabaPay's and Checkout.com's documents on merchant advice codes). */
const FORBIDDING = new Set(['03', '21']);

/**
 * Stripe's advice counts first, then the code, then what the card's network says. Codes that are not known here are
 * `generic`: new ones come without notice.
 */
export function declineClass({ adviceCode, declineCode, networkAdviceCode }: DeclineWords): DeclineClass {
  if (adviceCode === 'do_not_try_again') return 'hard';
  if (adviceCode === 'confirm_card_data') return 'data';
  const known = CLASS_OF.get(declineCode ?? '');
  if (known !== undefined && known !== 'generic') return known;
  return networkAdviceCode !== undefined && FORBIDDING.has(networkAdviceCode) ? 'hard' : 'generic';
}

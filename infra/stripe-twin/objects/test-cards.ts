import type { Decline, TestCard } from '../records/test-cards.ts';

const MESSAGES: Readonly<Record<string, string>> = {
  card_declined: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
};

const GENERIC: Decline = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
  network_decline_code: '01',
  advice_code: 'try_again_later',
};

/**
 * Stripe's test payment methods (docs.stripe.com/testing). Those with a decline fail when charged; the plain one is
 * refused when it is attached, as recorded of Stripe. Whether its kin are is not known: here they can be attached.
 */
const CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: card('visa', '4242'),
  pm_card_visa_debit: { ...card('visa', '5556'), funding: 'debit' },
  pm_card_mastercard: card('mastercard', '4444'),
  pm_card_mastercard_debit: { ...card('mastercard', '3222'), funding: 'debit' },
  pm_card_amex: card('amex', '8431'),
  pm_card_discover: card('discover', '1117'),
  pm_card_se: { ...card('visa', '0003'), country: 'SE' },
  pm_card_nl: { ...card('visa', '0002'), country: 'NL' },
  pm_card_fr: { ...card('visa', '0003'), country: 'FR' },
  pm_card_gb: { ...card('visa', '0000'), country: 'GB' },
  pm_card_createDispute: { ...card('visa', '0259'), isDisputed: true },
  pm_card_chargeCustomerFail: declining('0341', 'card_declined', 'generic_decline', '05', 'try_again_later'),
  pm_card_chargeDeclined: { ...card('visa', '0002'), decline: GENERIC, refusedAtAttach: GENERIC },
  pm_card_chargeDeclinedInsufficientFunds: declining(
    '9995',
    'card_declined',
    'insufficient_funds',
    '51',
    'try_again_later',
  ),
  pm_card_chargeDeclinedLostCard: declining('9987', 'card_declined', 'lost_card', '41', 'do_not_try_again'),
  pm_card_chargeDeclinedStolenCard: declining('9979', 'card_declined', 'stolen_card', '43', 'do_not_try_again'),
  pm_card_chargeDeclinedFraudulent: declining('0019', 'card_declined', 'fraudulent', '59', 'do_not_try_again'),
  pm_card_chargeDeclinedVelocityLimitExceeded: declining(
    '6975',
    'card_declined',
    'card_velocity_exceeded',
    '65',
    'try_again_later',
  ),
  pm_card_chargeDeclinedExpiredCard: declining('0069', 'expired_card', 'expired_card', '54', 'confirm_card_data'),
  pm_card_chargeDeclinedIncorrectCvc: declining('0127', 'incorrect_cvc', 'incorrect_cvc', 'N7', 'confirm_card_data'),
  pm_card_chargeDeclinedProcessingError: declining(
    '0119',
    'processing_error',
    'processing_error',
    '96',
    'try_again_later',
  ),
  pm_card_authenticationRequired: {
    ...declining('3184', 'authentication_required', 'authentication_required', '1A', undefined),
    country: 'DE',
  },
  pm_card_threeDSecure2Required: declining(
    '3220',
    'authentication_required',
    'authentication_required',
    '1A',
    undefined,
  ),
};

/** `pm_card_visa_chargeDeclined…` and `pm_card_chargeDeclined…` are the same card. */
export function testCard(id: string): TestCard | undefined {
  return CARDS[id] ?? CARDS[id.replace('pm_card_visa_charge', 'pm_card_charge')];
}

/** Without second names. */
export function testCardIds(): string[] {
  return Object.keys(CARDS);
}

function card(brand: string, last4: string): TestCard {
  return { brand, last4, funding: 'credit', country: 'US' };
}

function declining(
  last4: string,
  code: string,
  declineCode: string,
  network: string,
  advice: Decline['advice_code'] | undefined,
): TestCard {
  const message = MESSAGES[declineCode] ?? MESSAGES[code] ?? 'Your card was declined.';
  const decline = { code, decline_code: declineCode, message, network_decline_code: network };
  return { ...card('visa', last4), decline: advice === undefined ? decline : { ...decline, advice_code: advice } };
}

import { describe, expect, it } from 'vitest';
import { type DeclineWords, declineClass } from '#shared/stripe/decline-classes.ts';

describe('a refused payment', () => {
  // docs.stripe.com/billing/revenue-recovery/smart-retries: not executed without a new payment method
  it.each([
    'highest_risk_level',
    'incorrect_number',
    'lost_card',
    'pickup_card',
    'revocation_of_all_authorizations',
    'revocation_of_authorization',
    'stolen_card',
    'transaction_not_allowed',
  ])('with %s needs another way to pay', declineCode => {
    expect(declineClass({ declineCode })).toBe('hard');
  });

  it.each([
    [{ declineCode: 'authentication_required' }, 'authentication'],
    [{ declineCode: 'incorrect_cvc' }, 'data'],
    [{ declineCode: 'insufficient_funds' }, 'funds'],
    [{ declineCode: 'processing_error' }, 'technical'],
    [{ declineCode: 'do_not_honor' }, 'generic'],
    [{ declineCode: 'expired_card' }, 'hard'],
    [{ declineCode: 'a_code_of_next_year' }, 'generic'],
    [{}, 'generic'],
  ] satisfies [DeclineWords, string][])('%j is %s', (words, expected) => {
    expect(declineClass(words)).toBe(expected);
  });

  it.each([
    [
      'the advice to stop counts before the code',
      { adviceCode: 'do_not_try_again', declineCode: 'insufficient_funds' },
      'hard',
    ],
    [
      'so does the advice to look at the card',
      { adviceCode: 'confirm_card_data', declineCode: 'expired_card' },
      'data',
    ],
    [
      'the advice to try later leaves it to the code',
      { adviceCode: 'try_again_later', declineCode: 'lost_card' },
      'hard',
    ],
    [
      "Mastercard's advice 03 forbids what is generic",
      { declineCode: 'generic_decline', networkAdviceCode: '03' },
      'hard',
    ],
    ['and not what has a reason', { declineCode: 'insufficient_funds', networkAdviceCode: '21' }, 'funds'],
  ] satisfies [string, DeclineWords, string][])('%s', (_, words, expected) => {
    expect(declineClass(words)).toBe(expected);
  });
});

import type { PaymentMethod } from '../records/payment-methods.ts';
import type { TestCard, TestDebit } from '../records/test-cards.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuchParam } from '../wire/errors.ts';
import { completeAddress } from './address.ts';
import { testCard } from './test-cards.ts';
import { testDebit } from './test-debits.ts';

export function isTestCard(id: string): boolean {
  return testCard(id) !== undefined;
}

/** @throws ApiError 400 for a method that is not the customer's; a test id pays once and is not kept for the customer */
export function methodToPayWith(world: World, id: string, customer: string): PaymentMethod {
  if (isTestCard(id)) {
    const method = newPaymentMethod(world, id);
    world.store.put('payment_method', method.id, method);
    return method;
  }
  const method = world.store.get('payment_method', id);
  if (!method) throw noSuchParam('PaymentMethod', id, 'payment_method');
  if (method.customer === customer) return method;
  throw invalidRequest('The payment method does not belong to the customer of this invoice.', {
    param: 'payment_method',
  });
}

export function presentPaymentMethod(_world: World, method: PaymentMethod): Wire {
  const { testCard: _, ...shown } = method;
  const details = method.type === 'card' ? { card: cardDetails(method) } : { sepa_debit: debitDetails(method) };
  return { ...shown, customer_account: null, ...details };
}

/** `undefined` for a card. */
export function debitOf(method: PaymentMethod): TestDebit | undefined {
  return method.type === 'sepa_debit' ? testDebit(method.testCard) : undefined;
}

/** The card of a stored method. */
export function cardOf(method: PaymentMethod): TestCard {
  const card = testCard(method.testCard);
  if (!card) throw new Error(`${method.testCard} is not a test card`);
  return card;
}

export function cardDetails({ testCard: testId, created }: PaymentMethod): Wire {
  const card = testCard(testId);
  return {
    brand: card?.brand ?? 'unknown',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: card?.country ?? null,
    display_brand: card?.brand === 'amex' ? 'american_express' : (card?.brand ?? null),
    exp_month: 12,
    exp_year: new Date(created * 1_000).getUTCFullYear() + CARD_VALID_FOR_YEARS,
    fingerprint: `fp${card?.brand}${card?.last4}`,
    funding: card?.funding ?? 'unknown',
    generated_from: null,
    last4: card?.last4 ?? '0000',
    networks: { available: [card?.brand ?? 'unknown'], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** Country, bank and the end of the account's number, by how the IBANs of the country are built. */
export function debitDetails({ testCard: iban }: PaymentMethod): Wire {
  const country = iban.slice(0, 2);
  return {
    bank_code: country === 'DE' ? iban.slice(4, 12) : iban.slice(4, 9),
    branch_code: '',
    country,
    fingerprint: `fpiban${iban.slice(-4)}`,
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
}

export const CARD_VALID_FOR_YEARS = 3;

export function newPaymentMethod(world: World, testId: string, type: PaymentMethod['type'] = 'card'): PaymentMethod {
  return {
    id: world.ids.next('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: completeAddress({}), email: null, name: null, phone: null, tax_id: null },
    created: world.unixNow(),
    customer: null,
    livemode: false,
    metadata: {},
    type,
    testCard: testId,
  };
}

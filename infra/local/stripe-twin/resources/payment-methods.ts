import { invalidRequest, noSuch, noSuchParam } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { choice, clearable, metadata, pageParams, params, text } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { type Address, addressParams, completeAddress } from './address.ts';
import { customerFrom, customerOf } from './customers.ts';
import { given, type Metadata, mergeMetadata } from './metadata.ts';
import { create, update } from './recording.ts';
import { type TestCard, testCard } from './test-cards.ts';

export interface PaymentMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly allow_redisplay: 'unspecified';
  readonly billing_details: {
    readonly address: Address;
    readonly email: string | null;
    readonly name: string | null;
    readonly phone: string | null;
    readonly tax_id: null;
  };
  readonly created: number;
  readonly customer: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: 'card';
  /** Stripe's test id that it came from: decides how charges end. Not shown. */
  readonly testCard: string;
}

const CARD_VALID_FOR_YEARS = 3;

export const paymentMethodOperations = [
  operation({
    method: 'POST',
    path: '/v1/payment_methods/{payment_method}/attach',
    params: { customer: text() },
    handle: ({ world, params: { customer }, ids }) =>
      presentPaymentMethod(world, attach(world, ids.payment_method, customerFrom(world, customer).id)),
  }),
  operation({
    method: 'POST',
    path: '/v1/payment_methods/{payment_method}/detach',
    params: {},
    handle({ world, ids }) {
      const method = paymentMethodOf(world, ids.payment_method);
      if (method.customer === null) {
        throw invalidRequest(
          'The payment method you provided is not attached to a customer so detachment is impossible.',
        );
      }
      dropAsDefault(world, method.customer, method.id);
      const detached = update(world, 'payment_method', 'payment_method.detached', { ...method, customer: null });
      return presentPaymentMethod(world, detached);
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/payment_methods/{payment_method}',
    params: {
      billing_details: params({
        address: clearable(addressParams()).optional(),
        email: clearable(text()).optional(),
        name: clearable(text()).optional(),
        phone: clearable(text()).optional(),
      }).optional(),
      metadata: metadata().optional(),
    },
    handle({ world, params: fields, ids }) {
      const method = paymentMethodOf(world, ids.payment_method);
      const standing = method.billing_details;
      const details = fields.billing_details ?? {};
      const next = update(world, 'payment_method', 'payment_method.updated', {
        ...method,
        metadata: mergeMetadata(method.metadata, fields.metadata),
        billing_details: {
          ...standing,
          address: details.address === undefined ? standing.address : completeAddress(details.address ?? {}),
          email: given(details.email, standing.email),
          name: given(details.name, standing.name),
          phone: given(details.phone, standing.phone),
        },
      });
      return presentPaymentMethod(world, next);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/payment_methods/{payment_method}',
    params: {},
    handle({ world, ids }) {
      const method = isTestCard(ids.payment_method)
        ? { ...newPaymentMethod(world, ids.payment_method), id: ids.payment_method }
        : paymentMethodOf(world, ids.payment_method);
      return presentPaymentMethod(world, method);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/payment_methods',
    params: { ...pageParams, customer: text(), type: choice('card').optional() },
    handle: ({ world, params: filter, path }) =>
      pageOf(methodsOf(world, customerFrom(world, filter.customer).id), filter, path, each =>
        presentPaymentMethod(world, each),
      ),
  }),
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}/payment_methods',
    params: { ...pageParams, type: choice('card').optional() },
    handle: ({ world, params: filter, ids, path }) =>
      pageOf(methodsOf(world, customerOf(world, ids.customer).id), filter, path, each =>
        presentPaymentMethod(world, each),
      ),
  }),
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}/payment_methods/{payment_method}',
    params: {},
    handle({ world, ids }) {
      const method = paymentMethodOf(world, ids.payment_method);
      if (method.customer !== ids.customer) throw noSuch('PaymentMethod', ids.payment_method, 'payment_method');
      return presentPaymentMethod(world, method);
    },
  }),
];

export function isTestCard(id: string): boolean {
  return testCard(id) !== undefined;
}

/** A test id gives a new method each time, as with Stripe; any other id must exist. */
export function attach(world: World, id: string, customer: string): PaymentMethod {
  if (isTestCard(id)) {
    const method = { ...newPaymentMethod(world, id), customer };
    return create(world, 'payment_method', 'payment_method.attached', method);
  }
  const method = world.store.get('payment_method', id);
  if (!method) throw noSuchParam('PaymentMethod', id, 'payment_method');
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.');
  }
  return update(world, 'payment_method', 'payment_method.attached', { ...method, customer });
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
  const { testCard: cardId, ...shown } = method;
  return { ...shown, customer_account: null, card: cardDetails(cardId, method.created) };
}

/** The card of a stored method. */
export function cardOf(method: PaymentMethod): TestCard {
  const card = testCard(method.testCard);
  if (!card) throw new Error(`${method.testCard} is no test card`);
  return card;
}

function paymentMethodOf(world: World, id: string): PaymentMethod {
  const method = world.store.get('payment_method', id);
  if (!method) throw noSuch('PaymentMethod', id, 'payment_method');
  return method;
}

function methodsOf(world: World, customer: string): PaymentMethod[] {
  return newestFirst(world.store.all('payment_method'), method => method.customer === customer);
}

function dropAsDefault(world: World, customerId: string, method: string): void {
  const customer = customerOf(world, customerId);
  if (customer.invoice_settings.default_payment_method !== method) return;
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
  update(world, 'customer', 'customer.updated', { ...customer, invoice_settings });
}

function newPaymentMethod(world: World, testId: string): PaymentMethod {
  return {
    id: world.ids.next('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: completeAddress({}), email: null, name: null, phone: null, tax_id: null },
    created: world.unixNow(),
    customer: null,
    livemode: false,
    metadata: {},
    type: 'card',
    testCard: testId,
  };
}

function cardDetails(testId: string, created: number): Wire {
  const card = testCard(testId);
  return {
    brand: card?.brand ?? 'unknown',
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: card?.country ?? null,
    display_brand: card?.brand ?? null,
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

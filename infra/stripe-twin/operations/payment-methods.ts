import type * as z from 'zod';
import { attach } from '../billing/attach-payment-method.ts';
import { update } from '../events/recording.ts';
import { completeAddress } from '../objects/address.ts';
import { customerFrom, customerOf } from '../objects/customers.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import { isTestCard, newPaymentMethod, presentPaymentMethod } from '../objects/payment-methods.ts';
import { testDebit } from '../objects/test-debits.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch, noSuchParam } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, clearable, metadata, pageParams, params, text } from '../wire/params.ts';
import { addressParams } from './address.ts';
import { operation } from './operation.ts';

const billingDetails = params({
  address: clearable(addressParams()).optional(),
  email: clearable(text()).optional(),
  name: clearable(text()).optional(),
  phone: clearable(text()).optional(),
});

export const paymentMethodOperations = [
  operation({
    method: 'POST',
    path: '/v1/payment_methods',
    params: {
      billing_details: billingDetails.optional(),
      card: params({ token: text() }).optional(),
      metadata: metadata().optional(),
      sepa_debit: params({ iban: text() }).optional(),
      type: choice('card', 'sepa_debit'),
    },
    handle({ world, params: { type, card, sepa_debit, billing_details, metadata: tags } }) {
      const blank =
        type === 'card' ? cardFrom(world, card?.token) : debitFrom(world, sepa_debit?.iban, billing_details);
      const made = { ...described(blank, billing_details), metadata: tags ?? {} };
      world.store.put('payment_method', made.id, made);
      return presentPaymentMethod(world, made);
    },
  }),
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
      billing_details: billingDetails.optional(),
      metadata: metadata().optional(),
    },
    handle({ world, params: fields, ids }) {
      const method = paymentMethodOf(world, ids.payment_method);
      const next = update(world, 'payment_method', 'payment_method.updated', {
        ...described(method, fields.billing_details),
        metadata: mergeMetadata(method.metadata, fields.metadata),
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
    params: { ...pageParams, customer: text(), type: choice('card', 'sepa_debit').optional() },
    handle: ({ world, params: filter, path }) =>
      pageOf(methodsOf(world, customerFrom(world, filter.customer).id, filter.type), filter, path, each =>
        presentPaymentMethod(world, each),
      ),
  }),
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}/payment_methods',
    params: { ...pageParams, type: choice('card', 'sepa_debit').optional() },
    handle: ({ world, params: filter, ids, path }) =>
      pageOf(methodsOf(world, customerOf(world, ids.customer).id, filter.type), filter, path, each =>
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

function paymentMethodOf(world: World, id: string): PaymentMethod {
  const method = world.store.get('payment_method', id);
  if (!method) throw noSuch('PaymentMethod', id, 'payment_method');
  return method;
}

function methodsOf(world: World, customer: string, type: PaymentMethod['type'] | undefined): PaymentMethod[] {
  return newestFirst(
    world.store.all('payment_method'),
    method => method.customer === customer && (type === undefined || method.type === type),
  );
}

type BillingDetails = z.output<typeof billingDetails>;

function described(method: PaymentMethod, details: BillingDetails = {}): PaymentMethod {
  const standing = method.billing_details;
  return {
    ...method,
    billing_details: {
      ...standing,
      address: details.address === undefined ? standing.address : completeAddress(details.address ?? {}),
      email: given(details.email, standing.email),
      name: given(details.name, standing.name),
      phone: given(details.phone, standing.phone),
    },
  };
}

/** `tok_visa` is the card `pm_card_visa`. */
function cardFrom(world: World, token: string | undefined): PaymentMethod {
  if (token === undefined)
    throw invalidRequest('Missing required param: card.', { param: 'card', code: 'parameter_missing' });
  const testId = token.replace(/^tok_/, 'pm_card_');
  if (!token.startsWith('tok_') || !isTestCard(testId)) throw noSuchParam('token', token, 'card[token]');
  return newPaymentMethod(world, testId);
}

/** @throws ApiError 400 for an account that is not one of Stripe's for tests; a mandate needs name and e-mail */
function debitFrom(world: World, iban: string | undefined, details: BillingDetails | undefined): PaymentMethod {
  const account = iban?.replaceAll(' ', '');
  if (account === undefined)
    throw invalidRequest('Missing required param: sepa_debit.', { param: 'sepa_debit', code: 'parameter_missing' });
  if (testDebit(account) === undefined)
    throw invalidRequest('The IBAN you provided is invalid.', {
      param: 'sepa_debit[iban]',
      code: 'invalid_bank_account_iban',
    });
  for (const field of ['name', 'email'] as const) {
    if (details?.[field]) continue;
    const param = `billing_details[${field}]`;
    throw invalidRequest(`Missing required param: ${param}.`, { param, code: 'parameter_missing' });
  }
  return newPaymentMethod(world, account, 'sepa_debit');
}

/** A method that is taken away pays nothing any more: neither for the customer nor for a subscription that kept it. */
function dropAsDefault(world: World, customerId: string, method: string): void {
  for (const subscription of [...world.store.all('subscription')]) {
    if (subscription.customer !== customerId || subscription.default_payment_method !== method) continue;
    const without = { ...subscription, default_payment_method: null };
    update(world, 'subscription', 'customer.subscription.updated', without);
  }
  const customer = customerOf(world, customerId);
  if (customer.invoice_settings.default_payment_method !== method) return;
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
  update(world, 'customer', 'customer.updated', { ...customer, invoice_settings });
}

import { attach } from '../billing/attach-payment-method.ts';
import { update } from '../events/recording.ts';
import { completeAddress } from '../objects/address.ts';
import { customerFrom, customerOf } from '../objects/customers.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import { isTestCard, newPaymentMethod, presentPaymentMethod } from '../objects/payment-methods.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { choice, clearable, metadata, pageParams, params, text } from '../wire/params.ts';
import { addressParams } from './address.ts';
import { operation } from './operation.ts';

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

import { create, update } from '../events/recording.ts';
import { isTestCard, newPaymentMethod } from '../objects/payment-methods.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuchParam } from '../wire/errors.ts';

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

import { create, update } from '../events/recording.ts';
import { cardOf, isTestCard, newPaymentMethod } from '../objects/payment-methods.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { World } from '../store/world.ts';
import { ApiError, invalidRequest, noSuch } from '../wire/errors.ts';

/** A test id gives a new method each time, as with Stripe; any other id must exist. */
export function attach(world: World, id: string, customer: string): PaymentMethod {
  if (isTestCard(id)) {
    const method = { ...newPaymentMethod(world, id), customer };
    refuseAtAttach(method);
    return create(world, 'payment_method', 'payment_method.attached', method);
  }
  const method = world.store.get('payment_method', id);
  if (!method) throw noSuch('PaymentMethod', id, 'payment_method');
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.');
  }
  refuseAtAttach(method);
  return update(world, 'payment_method', 'payment_method.attached', { ...method, customer });
}

/** @throws ApiError 402 for a card that its bank refuses before it is charged */
function refuseAtAttach(method: PaymentMethod): void {
  const decline = method.type === 'card' ? cardOf(method).refusedAtAttach : undefined;
  if (decline) throw new ApiError(402, { type: 'card_error', ...decline, param: '' });
}

import type { Customer } from '../records/customers.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuch, noSuchParam } from '../wire/errors.ts';

/** @throws ApiError 404, also for one that was deleted */
export function customerOf(world: World, id: string): Customer {
  const customer = world.store.get('customer', id);
  if (!customer || customer.isDeleted) throw noSuch('customer', id);
  return customer;
}

/** @throws ApiError 400 naming the parameter, also for one that was deleted */
export function customerFrom(world: World, id: string, param = 'customer'): Customer {
  const customer = world.store.get('customer', id);
  if (!customer || customer.isDeleted) throw noSuchParam('customer', id, param);
  return customer;
}

/** Whose invoice it is, deleted or not. */
export function customerBehind(world: World, id: string): Customer {
  const customer = world.store.get('customer', id);
  if (!customer) throw new Error(`${id} is not a customer`);
  return customer;
}

/** Of a deleted customer only that it was there. */
export function presentCustomer(_world: World, customer: Customer): Wire {
  const { isDeleted, ...shown } = customer;
  if (isDeleted) return { id: customer.id, object: customer.object, deleted: true };
  return { ...shown, customer_account: null };
}

import type { Customer } from '../records/customers.ts';
import type { World } from '../store/world.ts';
import { noSuch, noSuchParam } from '../wire/errors.ts';

export function customerOf(world: World, id: string): Customer {
  const customer = world.store.get('customer', id);
  if (!customer) throw noSuch('customer', id);
  return customer;
}

/** @throws ApiError 400 naming the parameter */
export function customerFrom(world: World, id: string, param = 'customer'): Customer {
  const customer = world.store.get('customer', id);
  if (!customer) throw noSuchParam('customer', id, param);
  return customer;
}

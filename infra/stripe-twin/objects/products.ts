import type { Product } from '../records/products.ts';
import type { World } from '../store/world.ts';
import { noSuchParam } from '../wire/errors.ts';

export function productFrom(world: World, id: string, param: string): Product {
  const product = world.store.get('product', id);
  if (!product) throw noSuchParam('product', id, param);
  return product;
}

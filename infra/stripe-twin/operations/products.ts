import type * as z from 'zod';
import { create, update } from '../events/recording.ts';
import { asStored } from '../objects/as-stored.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import type { Product } from '../records/products.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch, noSuchParam } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import {
  choice,
  clearable,
  flag,
  inRange,
  listOf,
  metadata,
  pageParams,
  params,
  text,
  timeRange,
} from '../wire/params.ts';
import { operation } from './operation.ts';

const shared = {
  active: flag().optional(),
  description: clearable(text(40_000)).optional(),
  images: listOf(text(), 8).optional(),
  marketing_features: listOf(params({ name: text() }), 15).optional(),
  metadata: metadata().optional(),
  statement_descriptor: text(22).optional(),
  unit_label: clearable(text(12)).optional(),
  url: clearable(text()).optional(),
};

type SharedParams = z.output<z.ZodObject<typeof shared>>;

export const productOperations = [
  operation({
    method: 'POST',
    path: '/v1/products',
    params: { ...shared, id: text().optional(), name: text(), type: choice('service').optional() },
    handle: ({ world, params: { id, name, type, ...fields } }) => asStored(createProduct(world, name, id, fields)),
  }),
  operation({
    method: 'GET',
    path: '/v1/products',
    params: {
      ...pageParams,
      active: flag().optional(),
      created: timeRange().optional(),
      ids: listOf(text(), 100).optional(),
    },
    handle({ world, params: filter, path }) {
      const products = newestFirst(
        world.store.all('product'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.active === undefined || each.active === filter.active) &&
          (filter.ids === undefined || filter.ids.includes(each.id)),
      );
      return pageOf(products, filter, path, asStored);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/products/{id}',
    params: {},
    handle: ({ world, ids }) => asStored(productOf(world, ids.id)),
  }),
  operation({
    method: 'POST',
    path: '/v1/products/{id}',
    params: { ...shared, name: text().optional(), default_price: text().optional() },
    handle({ world, params: { name, default_price, ...fields }, ids }) {
      const standing = productOf(world, ids.id);
      if (default_price !== undefined && world.store.get('price', default_price)?.product !== standing.id) {
        throw noSuchParam('price', default_price, 'default_price');
      }
      const next: Product = {
        ...standing,
        ...changed(standing, fields),
        name: given(name, standing.name),
        default_price: given(default_price, standing.default_price),
        updated: world.unixNow(),
      };
      return asStored(update(world, 'product', 'product.updated', next));
    },
  }),
];

export function createProduct(world: World, name: string, id: string | undefined, fields: SharedParams): Product {
  if (id !== undefined && world.store.get('product', id)) {
    throw invalidRequest('Product already exists.', { param: 'id', code: 'resource_already_exists' });
  }
  const blank = newProduct(world, name, id ?? world.ids.next('prod'));
  return create(world, 'product', 'product.created', { ...blank, ...changed(blank, fields) });
}

function productOf(world: World, id: string): Product {
  const product = world.store.get('product', id);
  if (!product) throw noSuch('product', id);
  return product;
}

function newProduct(world: World, name: string, id: string): Product {
  return {
    id,
    object: 'product',
    active: true,
    created: world.unixNow(),
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: world.unixNow(),
    url: null,
  };
}

function changed(standing: Product, fields: SharedParams): Partial<Product> {
  return {
    active: given(fields.active, standing.active),
    description: given(fields.description, standing.description),
    images: given(fields.images, standing.images),
    marketing_features: given(fields.marketing_features, standing.marketing_features),
    metadata: mergeMetadata(standing.metadata, fields.metadata),
    statement_descriptor: given(fields.statement_descriptor, standing.statement_descriptor),
    unit_label: given(fields.unit_label, standing.unit_label),
    url: given(fields.url, standing.url),
  };
}

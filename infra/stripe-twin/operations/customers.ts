import type * as z from 'zod';
import { attach } from '../billing/attach-payment-method.ts';
import { deleteCustomer } from '../billing/delete-customer.ts';
import { create, update } from '../events/recording.ts';
import { completeAddress } from '../objects/address.ts';
import { customerOf, presentCustomer } from '../objects/customers.ts';
import { given, mergeMetadata } from '../objects/metadata.ts';
import { isTestCard } from '../objects/payment-methods.ts';
import type { Customer } from '../records/customers.ts';
import type { PaymentMethod } from '../records/payment-methods.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import {
  choice,
  clearable,
  inRange,
  integer,
  listOf,
  metadata,
  pageParams,
  params,
  text,
  timeRange,
} from '../wire/params.ts';
import { addressParams } from './address.ts';
import { operation } from './operation.ts';

const shared = {
  address: clearable(addressParams()).optional(),
  balance: integer().optional(),
  description: clearable(text()).optional(),
  email: clearable(text(512)).optional(),
  invoice_prefix: text(12).optional(),
  invoice_settings: params({
    custom_fields: clearable(listOf(params({ name: text(40), value: text(140) }), 4)).optional(),
    default_payment_method: clearable(text()).optional(),
    footer: clearable(text()).optional(),
  }).optional(),
  metadata: metadata().optional(),
  name: clearable(text(256)).optional(),
  next_invoice_sequence: integer({ min: 1 }).optional(),
  phone: clearable(text(20)).optional(),
  preferred_locales: listOf(text()).optional(),
  tax_exempt: choice('exempt', 'none', 'reverse').optional(),
};

type SharedParams = z.output<z.ZodObject<typeof shared>>;

export const customerOperations = [
  operation({
    method: 'POST',
    path: '/v1/customers',
    params: { ...shared, payment_method: text().optional() },
    handle({ world, params: { payment_method, ...fields } }) {
      const blank = newCustomer(world);
      const started = { ...blank, ...changed(blank, fields, null) };
      create(world, 'customer', 'customer.created', started);
      const method = payment_method === undefined ? undefined : attach(world, payment_method, started.id);
      return setDefaultMethod(world, started, fields, method ? { asked: payment_method ?? '', method } : undefined);
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/customers',
    params: { ...pageParams, created: timeRange().optional(), email: text(512).optional() },
    handle({ world, params: filter, path }) {
      const customers = newestFirst(
        world.store.all('customer'),
        each =>
          !each.isDeleted &&
          inRange(filter.created, each.created) &&
          (filter.email === undefined || each.email === filter.email),
      );
      return pageOf(customers, filter, path, each => presentCustomer(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/customers/{customer}',
    params: {},
    handle({ world, ids }) {
      const customer = world.store.get('customer', ids.customer);
      if (!customer) throw noSuch('customer', ids.customer);
      return presentCustomer(world, customer);
    },
  }),
  operation({
    method: 'DELETE',
    path: '/v1/customers/{customer}',
    params: {},
    handle: ({ world, ids }) => presentCustomer(world, deleteCustomer(world, customerOf(world, ids.customer))),
  }),
  operation({
    method: 'POST',
    path: '/v1/customers/{customer}',
    params: shared,
    handle({ world, params: fields, ids }) {
      const standing = customerOf(world, ids.customer);
      const next = update(world, 'customer', 'customer.updated', {
        ...standing,
        ...changed(standing, fields, ownedMethod(world, standing.id, fields)),
      });
      return presentCustomer(world, next);
    },
  }),
];

function newCustomer(world: World): Customer {
  return {
    id: world.ids.next('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: world.unixNow(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: world.ids.characters('invoice_prefix', 8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    isDeleted: false,
  };
}

function changed(standing: Customer, fields: SharedParams, defaultMethod: string | null): Partial<Customer> {
  const settings = standing.invoice_settings;
  return {
    address: fields.address ? completeAddress(fields.address) : given(fields.address, standing.address),
    balance: given(fields.balance, standing.balance),
    description: given(fields.description, standing.description),
    email: given(fields.email, standing.email),
    invoice_prefix: given(fields.invoice_prefix, standing.invoice_prefix),
    invoice_settings: {
      ...settings,
      custom_fields: given(fields.invoice_settings?.custom_fields, settings.custom_fields),
      default_payment_method: defaultMethod,
      footer: given(fields.invoice_settings?.footer, settings.footer),
    },
    metadata: mergeMetadata(standing.metadata, fields.metadata),
    name: given(fields.name, standing.name),
    next_invoice_sequence: given(fields.next_invoice_sequence, standing.next_invoice_sequence),
    phone: given(fields.phone, standing.phone),
    preferred_locales: given(fields.preferred_locales, standing.preferred_locales),
    tax_exempt: given(fields.tax_exempt, standing.tax_exempt),
  };
}

/** A default method has to be attached to this customer already. */
function ownedMethod(world: World, customer: string, fields: SharedParams): string | null {
  const wanted = fields.invoice_settings?.default_payment_method;
  if (wanted === undefined)
    return world.store.get('customer', customer)?.invoice_settings.default_payment_method ?? null;
  if (wanted === null) return null;
  if (world.store.get('payment_method', wanted)?.customer === customer) return wanted;
  throw notAttached(wanted);
}

/** On creation the default may be named by the same id as the method that the call attaches (also a test id). */
function setDefaultMethod(
  world: World,
  customer: Customer,
  fields: SharedParams,
  attached: { asked: string; method: PaymentMethod } | undefined,
) {
  const wanted = fields.invoice_settings?.default_payment_method;
  if (wanted === undefined || wanted === null) return presentCustomer(world, customer);
  if (!attached || (wanted !== attached.asked && wanted !== attached.method.id)) throw notAttached(wanted);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: attached.method.id };
  return presentCustomer(world, update(world, 'customer', 'customer.updated', { ...customer, invoice_settings }));
}

function notAttached(id: string) {
  const hint = isTestCard(id)
    ? ' Attach it first and use the id of the payment method that the call answers with.'
    : '';
  return invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.${hint}`,
    { param: 'invoice_settings[default_payment_method]', code: 'resource_missing' },
  );
}

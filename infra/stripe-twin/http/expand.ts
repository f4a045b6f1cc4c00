import { intentOf } from '../billing/collect-payment.ts';
import { asStored } from '../objects/as-stored.ts';
import { paymentsOf } from '../objects/invoice-payments.ts';
import { invoiceOf } from '../objects/invoices.ts';
import { type PresentedKind, present } from '../objects/presentation.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { unstored } from '../wire/errors.ts';
import { pageOf } from '../wire/pages.ts';

const DEEPEST = 4;

/** Which fields of an object may be expanded, and what they name. Paths are relative to the object. */
const EXPANDABLE: Readonly<Record<string, Readonly<Record<string, PresentedKind>>>> = {
  customer: { 'invoice_settings.default_payment_method': 'payment_method' },
  customer_balance_transaction: { customer: 'customer', invoice: 'invoice' },
  product: { default_price: 'price' },
  price: { product: 'product' },
  plan: { product: 'product' },
  payment_method: { customer: 'customer' },
  subscription: { customer: 'customer', latest_invoice: 'invoice', default_payment_method: 'payment_method' },
  invoice: { customer: 'customer', 'parent.subscription_details.subscription': 'subscription' },
  line_item: { 'pricing.price_details.price': 'price', subscription: 'subscription' },
  invoiceitem: { customer: 'customer', invoice: 'invoice', 'pricing.price_details.price': 'price' },
  invoice_payment: { invoice: 'invoice', 'payment.payment_intent': 'payment_intent' },
  payment_intent: { customer: 'customer', payment_method: 'payment_method', latest_charge: 'charge' },
  'billing_portal.session': { configuration: 'billing_portal.configuration' },
  dispute: { charge: 'charge', payment_intent: 'payment_intent' },
  charge: { customer: 'customer', payment_intent: 'payment_intent' },
};

/** Fields that are absent unless they are asked for. */
const INCLUDED: Readonly<Record<string, Readonly<Record<string, (world: World, id: string) => unknown>>>> = {
  invoice: { payments: invoicePayments, confirmation_secret: confirmationSecret },
  customer: { subscriptions: customerSubscriptions },
};

/** Replaces ids by objects along each path. @throws ApiError 400 for a path that leads nowhere or too deep */
export function expanded(world: World, answer: Wire, paths: readonly string[]): Wire {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer);
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > DEEPEST) throw tooDeep(path);
    expandPath(world, copy, steps, path);
  }
  return copy;
}

type Open = Record<string, unknown>;

/** `from` is the nearest object with a type; `inside` the way from it to `node`. */
function expandPath(
  world: World,
  node: unknown,
  steps: readonly string[],
  path: string,
  from: Open = {},
  inside: readonly string[] = [],
): void {
  const [step, ...rest] = steps;
  if (step === undefined || node === null || node === undefined) return;
  if (Array.isArray(node)) {
    for (const each of node) expandPath(world, each, steps, path);
    return;
  }
  if (!isOpen(node)) throw cannotExpand(path);
  const typed = typeof node.object === 'string' && node.object !== 'list';
  const owner = typed ? node : from;
  const way = typed ? [step] : [...inside, step];
  if (node.object === 'list' && step === 'data') {
    expandPath(world, node.data, rest, path);
    return;
  }
  resolve(world, node, step, owner, way, path);
  expandPath(world, node[step], rest, path, owner, way);
}

function resolve(world: World, node: Open, step: string, owner: Open, way: readonly string[], path: string): void {
  const type = String(owner.object);
  const include = INCLUDED[type]?.[way.join('.')];
  // A copy: what is expanded inside it must not get into the store.
  if (include && node[step] === undefined) node[step] = structuredClone(include(world, String(owner.id)));
  const value = node[step];
  if (value === undefined) throw cannotExpand(path);
  if (typeof value !== 'string') return;
  const kind = EXPANDABLE[type]?.[way.join('.')];
  if (!kind) throw cannotExpand(path);
  const record = world.store.get(kind, value);
  if (record) node[step] = structuredClone(present(world, kind, record));
}

function invoicePayments(world: World, id: string): Wire {
  const url = `/v1/invoice_payments?invoice=${id}`;
  return pageOf(paymentsOf(world, id), {}, url, asStored);
}

function confirmationSecret(world: World, id: string): Wire | null {
  if (paymentsOf(world, id).length === 0) return null;
  return { client_secret: intentOf(world, invoiceOf(world, id)).client_secret, type: 'payment_intent' };
}

function customerSubscriptions(world: World, id: string): Wire {
  const own = [...world.store.all('subscription')].filter(each => each.customer === id && each.status !== 'canceled');
  return pageOf(own.reverse(), {}, `/v1/customers/${id}/subscriptions`, each => present(world, 'subscription', each));
}

function isOpen(value: unknown): value is Open {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooDeep(path: string) {
  const message = `You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`;
  return unstored(400, { type: 'invalid_request_error', message, param: 'expand' });
}

function cannotExpand(path: string) {
  const message = `This property cannot be expanded (${path}).`;
  return unstored(400, { type: 'invalid_request_error', message, param: 'expand' });
}

import type { Price } from '../records/prices.ts';
import type { World } from '../store/world.ts';
import { type Fixed, printFixed } from './fixed.ts';
import { minorDigitsOf } from './minor-digits.ts';

/** Descriptions of invoice lines in Stripe's manner. */

/** `3 × Mobile 10 (at €15.90 / month)` */
export function chargeWording(world: World, price: Price, quantity: Fixed): string {
  return `${printFixed(quantity)} ${unitLabel(world, price)}× ${productName(world, price)} (at ${unitPrice(price)})`;
}

/** `Time on 1 × Mobile 10 from 14 Nov 2026 until 1 Dec 2026` */
export function partialWording(world: World, price: Price, quantity: number, start: number, end: number): string {
  return `Time on ${quantity} × ${productName(world, price)} from ${day(start)} until ${day(end)}`;
}

export function unusedWording(world: World, price: Price, quantity: number, from: number): string {
  return `Unused time on ${counted(world, price, quantity)} after ${day(from)}`;
}

export function remainingWording(world: World, price: Price, quantity: number, from: number): string {
  return `Remaining time on ${counted(world, price, quantity)} after ${day(from)}`;
}

/** One goes without a number: `Mobile 10`, `3 × Mobile 10`. */
function counted(world: World, price: Price, quantity: number): string {
  const name = productName(world, price);
  return quantity === 1 ? name : `${quantity} ${unitLabel(world, price)}× ${name}`;
}

/** `user `, where the product has a unit. */
function unitLabel(world: World, price: Price): string {
  const label = world.store.get('product', price.product)?.unit_label ?? null;
  return label === null ? '' : `${label} `;
}

function productName(world: World, price: Price): string {
  return world.store.get('product', price.product)?.name ?? price.product;
}

/** `€15.90 / month` */
export function unitPrice(price: Pick<Price, 'currency' | 'unit_amount_decimal' | 'recurring'>): string {
  const format = formatOf(price.currency);
  const major = Number(price.unit_amount_decimal) / 10 ** minorDigitsOf(price.currency);
  const { interval = 'month', interval_count = 1 } = price.recurring ?? {};
  return `${format.format(major)} / ${interval_count === 1 ? interval : `every ${interval_count} ${interval}s`}`;
}

const FORMATS = new Map<string, Intl.NumberFormat>();

/** Kept per currency: making one takes longer than everything else on a line. */
function formatOf(currency: string): Intl.NumberFormat {
  const known = FORMATS.get(currency);
  if (known) return known;
  const digits = { minimumFractionDigits: minorDigitsOf(currency), maximumFractionDigits: 14 };
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, ...digits });
  FORMATS.set(currency, format);
  return format;
}

function day(moment: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    moment * 1_000,
  );
}

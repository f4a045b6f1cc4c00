import * as z from 'zod';
import type { InvoiceReason } from '#shared/invoicing/issue/billed-invoice.ts';
import { SECOND } from '#shared/platform/instant.ts';

// The alphabet of what is read of Stripe's objects. Each adapter reads the narrow part that it needs, in these letters.

/** Another object: its id, also where Stripe was asked to put the object itself there. */
export const Linked = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);

/** Unix seconds. */
export const Moment = z.int().transform(seconds => seconds * SECOND);

/** Whole minor units. */
export const MinorUnits = z.int().transform(BigInt);

/** Stripe writes currencies in lower case. */
export const Currency = z.string().toUpperCase();

/**
 * `quantity_decimal` of a line, as a plain decimal. An object in answers of the API and text elsewhere, which print alike.
 * Lines that are just an amount have none, or null: one of them.
 */
export const QuantityDecimal = z
  .unknown()
  .optional()
  .transform(value => (value === null || value === undefined ? '1' : String(value)));

export const InvoiceStatus = z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']);

/** The subscription that an invoice belongs to; `undefined`: it was made for something else. */
export const InvoiceParent = z
  .object({ subscription_details: z.object({ subscription: Linked }).nullish() })
  .nullish()
  .transform(parent => parent?.subscription_details?.subscription);

const REASONS: ReadonlyMap<string, InvoiceReason> = new Map([
  ['subscription_create', 'first'],
  ['subscription_cycle', 'cycle'],
  ['subscription_update', 'change'],
]);

/** `billing_reason`. Invoices made by hand, of quotes and of thresholds are other ones. */
export function reasonOf(billingReason: string | null | undefined): InvoiceReason {
  return REASONS.get(billingReason ?? '') ?? 'other';
}

export const BillingReason = z.string().nullish().transform(reasonOf);

/** `collection_method` */
export function collectionOf(method: string | null | undefined): 'automatic' | 'invoice' {
  return method === 'send_invoice' ? 'invoice' : 'automatic';
}

export const CollectionMethod = z.string().nullish().transform(collectionOf);

const DISPUTE_ENDS: ReadonlyMap<string, 'won' | 'lost'> = new Map([
  ['won', 'won'],
  // An inquiry that was closed, or a dispute that was prevented, took nothing.
  ['warning_closed', 'won'],
  ['prevented', 'won'],
  ['lost', 'lost'],
]);

export function disputeStatus(status: string): 'open' | 'won' | 'lost' {
  return DISPUTE_ENDS.get(status) ?? 'open';
}

/** Metadata keys of invoice lines that are adjustments: its id, and the section of the bill. */
export const ADJUSTMENT = 'dunlin_adjustment';
export const SECTION = 'dunlin_section';

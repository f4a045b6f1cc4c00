import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { customerBehind } from '../objects/customers.ts';
import { presentInvoice } from '../objects/invoices.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import type { ErrorBody } from '../wire/errors.ts';

/**
 * The twin has no tax calculation that could fail. A customer whose metadata has this name has invoices that cannot be
 * made final; the value is the code, as `customer_tax_location_invalid`.
 */
const TRIGGER = 'twin_finalization_error';

export function finalisationError(world: World, invoice: Invoice): ErrorBody | undefined {
  const code = customerBehind(world, invoice.customer).metadata[TRIGGER];
  if (code === undefined || invoice.status !== 'draft') return undefined;
  return { type: 'invalid_request_error', code, message: `The invoice could not be finalized (${code}).` };
}

/** It stays a draft, and Stripe does not try again by itself. */
export function failFinalisation(world: World, draft: Invoice, last_finalization_error: ErrorBody): void {
  const failed = update(world, 'invoice', 'invoice.updated', {
    ...draft,
    automatically_finalizes_at: null,
    last_finalization_error,
    next_payment_attempt: null,
  });
  announce(world, 'invoice.finalization_failed', presentInvoice(world, failed));
}

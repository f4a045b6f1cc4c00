import * as z from 'zod';
import type { InvoiceNow } from '#shared/reactions/event-objects.ts';
import { isStopped } from '../draft-holder.ts';
import {
  BillingReason,
  CollectionMethod,
  Currency,
  InvoiceParent,
  InvoiceStatus,
  Linked,
  MinorUnits,
  Moment,
} from '../fields.ts';

const Line = z.object({
  period: z.object({ start: Moment, end: Moment }),
  parent: z.object({ subscription_item_details: z.object({}).nullish() }).nullish(),
});

const Invoice = z.object({
  id: z.string(),
  customer: Linked.nullish(),
  status: InvoiceStatus.nullable(),
  billing_reason: BillingReason,
  collection_method: CollectionMethod,
  attempted: z.boolean().nullish(),
  amount_remaining: MinorUnits,
  currency: Currency,
  created: Moment,
  /** End of the usage that it bills. */
  period_end: Moment,
  lines: z.object({ data: z.array(Line) }).nullish(),
  parent: InvoiceParent,
  auto_advance: z.boolean().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  last_finalization_error: z.object({ type: z.string(), code: z.string().nullish() }).nullish(),
});

/** A status of null is that of a deleted draft. */
export function invoiceNow(found: unknown): InvoiceNow | undefined {
  const invoice = Invoice.parse(found);
  if (invoice.status === null) return undefined;
  const error = invoice.last_finalization_error;
  return {
    id: invoice.id,
    customer: invoice.customer ?? undefined,
    subscription: invoice.parent,
    status: invoice.status,
    reason: invoice.billing_reason,
    collection: invoice.collection_method,
    attempted: invoice.attempted ?? false,
    remaining: invoice.amount_remaining,
    currency: invoice.currency,
    createdAt: invoice.created,
    isStopped: invoice.status === 'draft' && isStopped(invoice),
    finalisationError: invoice.status === 'draft' ? (error?.code ?? error?.type) : undefined,
    next: beginningAt(invoice.period_end, invoice.lines?.data ?? []),
  };
}

/**
 * The period that begins where this invoice's usage ends, by the fees that the subscription charges in advance: of
 * several the shortest, because a yearly item may stand beside monthly ones. What others put on the invoice says nothing.
 */
function beginningAt(end: number, lines: readonly z.output<typeof Line>[]) {
  return lines
    .filter(({ parent }) => (parent?.subscription_item_details ?? null) !== null)
    .map(({ period }) => period)
    .filter(period => period.start >= end && period.end > period.start)
    .sort((a, b) => a.end - b.end)[0];
}

import * as z from 'zod';
import { SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { DisputeNow, EventObjects, InvoiceNow, MeterErrors } from '#shared/reactions/event-objects.ts';
import { ACCOUNT_TAG } from '../customers.ts';
import {
  BillingReason,
  CollectionMethod,
  Currency,
  disputeStatus,
  InvoiceParent,
  InvoiceStatus,
  Linked,
  MinorUnits,
  Moment,
} from '../fields.ts';
import { callingStripe, StripeRefused } from '../stripe-failure.ts';
import type { StripeSource } from '../stripe-source.ts';

export function stripeEventObjects(stripe: StripeSource): EventObjects {
  return {
    invoice: id => reading(async () => invoiceNow(await (await stripe()).invoices.retrieve(id))),
    isUnpaid: subscription =>
      reading(async () => UNPAID.has((await (await stripe()).subscriptions.retrieve(subscription)).status)),
    accountTag: customer =>
      reading(async () => {
        const found = await (await stripe()).customers.retrieve(customer);
        return found.deleted === true ? undefined : found.metadata[ACCOUNT_TAG];
      }),
    dispute: id =>
      reading(async () => disputeNow(await (await stripe()).disputes.retrieve(id, { expand: ['charge'] }))),
    // A report that Stripe does not show is told of without its content.
    meterErrors: event =>
      reading(
        async () => meterErrors(await (await stripe()).v2.core.events.retrieve(event)),
        () => true,
      ),
  };
}

/** What is not there is no failure: drafts are deleted, and events of other accounts name what we cannot see. */
async function reading<T>(read: () => Promise<T | undefined>, isGone = isMissing): Promise<T | undefined> {
  try {
    return await callingStripe(read);
  } catch (error) {
    if (error instanceof StripeRefused && isGone(error)) return undefined;
    throw error;
  }
}

function isMissing(refusal: StripeRefused): boolean {
  return refusal.stripeCode === 'resource_missing';
}

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
});

/** A status of null is that of a deleted draft. */
function invoiceNow(found: unknown): InvoiceNow | undefined {
  const invoice = Invoice.parse(found);
  if (invoice.status === null) return undefined;
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

/** While a first payment is processed the subscription is active; once it has failed, past due. */
const UNPAID: ReadonlySet<string> = new Set(['incomplete', 'past_due', 'unpaid']);

const Dispute = z.object({
  id: z.string(),
  amount: MinorUnits,
  currency: Currency,
  status: z.string(),
  charge: z.object({ customer: Linked.nullish() }),
});

function disputeNow(found: unknown): DisputeNow {
  const { id, amount, currency, status, charge } = Dispute.parse(found);
  return { id, customer: charge.customer ?? undefined, status: disputeStatus(status), amount, currency };
}

const MeterErrorReport = z.object({
  data: z.object({
    reason: z.object({
      error_types: z.array(
        z.object({
          code: z.string(),
          error_count: z.int(),
          sample_errors: z.array(z.object({ request: z.object({ identifier: z.string() }) })),
        }),
      ),
    }),
    validation_start: StoredInstant,
    validation_end: StoredInstant,
  }),
});

/** The samples' messages are left out: they quote what was sent. */
function meterErrors(found: unknown): MeterErrors {
  const { reason, validation_start, validation_end } = MeterErrorReport.parse(found).data;
  return {
    errors: reason.error_types.map(({ code, error_count, sample_errors }) => ({
      code,
      count: error_count,
      samples: sample_errors.map(({ request }) => request.identifier),
    })),
    validated: { start: validation_start - (validation_start % SECOND), end: validation_end },
  };
}

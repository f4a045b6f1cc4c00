import * as z from 'zod';
import { SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type {
  DisputeNow,
  EventObjects,
  MeterErrors,
  RefundNow,
  SubscriptionNow,
} from '#shared/reactions/event-objects.ts';
import { ACCOUNT_TAG } from '../customers.ts';
import { Currency, disputeStatus, Linked, MinorUnits } from '../fields.ts';
import { callingStripe, StripeRefused } from '../stripe-failure.ts';
import type { StripeSource } from '../stripe-source.ts';
import { changedQuantities, Item } from '../subscription-parts.ts';
import { invoiceNow } from './invoice-now.ts';

export function stripeEventObjects(stripe: StripeSource): EventObjects {
  return {
    invoice: id => reading(async () => invoiceNow(await (await stripe()).invoices.retrieve(id))),
    subscription: id => reading(async () => subscriptionNow(await (await stripe()).subscriptions.retrieve(id))),
    accountTag: customer =>
      reading(async () => {
        const found = await (await stripe()).customers.retrieve(customer);
        return found.deleted === true ? undefined : found.metadata[ACCOUNT_TAG];
      }),
    dispute: id =>
      reading(async () => disputeNow(await (await stripe()).disputes.retrieve(id, { expand: ['charge'] }))),
    refund: id => reading(async () => refundNow(await (await stripe()).refunds.retrieve(id, { expand: ['charge'] }))),
    creditedInvoice: id =>
      reading(async () => CreditNote.parse(await (await stripe()).creditNotes.retrieve(id)).invoice),
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

/** While a first payment is processed the subscription is active; once it has failed, past due. */
const UNPAID: ReadonlySet<string> = new Set(['incomplete', 'past_due', 'unpaid']);

const Subscription = z.object({
  status: z.string(),
  pause_collection: z.object({ behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']) }).nullish(),
  items: z.object({ data: z.array(Item) }),
});

function subscriptionNow(found: unknown): SubscriptionNow {
  const { status, pause_collection, items } = Subscription.parse(found);
  return {
    isUnpaid: UNPAID.has(status),
    collectionPaused: pause_collection?.behavior,
    changedQuantities: changedQuantities(items.data),
  };
}

const CreditNote = z.object({ invoice: Linked });

const Refund = z.object({
  id: z.string(),
  amount: MinorUnits,
  currency: Currency,
  status: z.string().nullish(),
  charge: z.object({ customer: Linked.nullish() }).nullish(),
});

function refundNow(found: unknown): RefundNow {
  const { id, amount, currency, status, charge } = Refund.parse(found);
  return { id, customer: charge?.customer ?? undefined, hasFailed: status === 'failed', amount, currency };
}

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

import type Stripe from 'stripe';
import type { Customisation } from '#shared/closing/customise-invoice.ts';
import type { AddedLine, DraftChange, InvoiceDraft, InvoiceDrafts } from '#shared/closing/invoice-drafts.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { closesPeriod, createdAtEndOf } from './closing-invoice.ts';
import { HELD, isByPerson, NOT_HELD } from './draft-holder.ts';
import { ADJUSTMENT, SECTION } from './fields.ts';
import { callingStripe, StripeRefused } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Drafts of Stripe's subscription invoices. */
export function stripeInvoiceDrafts(stripe: StripeSource): InvoiceDrafts {
  const change = (call: (client: Stripe) => Promise<unknown>) => unlessFinal(async () => call(await stripe()));
  return {
    find: (subscription, period) =>
      callingStripe(async () => {
        const drafts = { subscription, status: 'draft', created: createdAtEndOf(period), limit: 100 } as const;
        for await (const invoice of (await stripe()).invoices.list(drafts)) {
          if (closesPeriod(invoice, period)) return draftOf(invoice);
        }
        return undefined;
      }),

    adjustmentsOn: invoice =>
      callingStripe(async () => {
        const ids = new Set<string>();
        for await (const { metadata } of (await stripe()).invoices.listLineItems(invoice, { limit: 100 })) {
          const id = metadata[ADJUSTMENT];
          if (id !== undefined) ids.add(id);
        }
        return ids;
      }),

    addLines: (invoice, lines, identity) =>
      change(client =>
        client.invoices.addLines(invoice, { lines: lines.map(paramsOfLine) }, { idempotencyKey: identity }),
      ),

    isGone: async invoice => {
      try {
        return (await callingStripe(async () => (await stripe()).invoices.retrieve(invoice))).status === 'void';
      } catch (error) {
        if (error instanceof StripeRefused && error.stripeCode === 'resource_missing') return true;
        throw error;
      }
    },

    // `auto_advance` alone could be changed on a final invoice too, and would stop its collection. With what is printed
    // beside it, Stripe refuses both.
    hold: (invoice, customisation, identity) =>
      change(client => {
        const params = { ...paramsOf(customisation, HELD), auto_advance: false };
        return client.invoices.update(invoice, params, { idempotencyKey: identity });
      }),

    // One call instead of two: Stripe finalises it at the moment given.
    release: (invoice, customisation, at, identity) =>
      change(client => {
        const moment = Math.ceil(at / SECOND);
        const params = {
          ...paramsOf(customisation, NOT_HELD),
          auto_advance: true,
          automatically_finalizes_at: moment,
        };
        return client.invoices.update(invoice, params, { idempotencyKey: identity });
      }),
  };
}

type Holder = typeof HELD | typeof NOT_HELD;

function paramsOf({ memo, fields, tags }: Customisation, holder: Holder): Stripe.InvoiceUpdateParams {
  return { description: memo, custom_fields: [...fields], metadata: { ...tags, ...holder } };
}

function paramsOfLine({ adjustment, section, amount, description }: AddedLine): Stripe.InvoiceAddLinesParams.Line {
  return { amount: Number(amount), description, metadata: { [ADJUSTMENT]: adjustment, [SECTION]: section } };
}

function draftOf(draft: Stripe.Invoice): InvoiceDraft {
  const { id, auto_advance, automatically_finalizes_at: at } = draft;
  const finalisesAt = at === null ? undefined : at * SECOND;
  return { id, isHeld: !auto_advance, isByPerson: isByPerson(draft), finalisesAt };
}

/** Final, or deleted by hand. */
const TOO_LATE = new Set(['invoice_not_editable', 'resource_missing']);

async function unlessFinal(call: () => Promise<unknown>): Promise<DraftChange> {
  try {
    await callingStripe(call);
    return 'done';
  } catch (error) {
    if (error instanceof StripeRefused && TOO_LATE.has(error.stripeCode ?? '')) return 'too-late';
    throw error;
  }
}

import { finalisationError } from '../billing/fail-finalisation.ts';
import { finaliseInvoice } from '../billing/finalise-invoice.ts';
import { payInvoice } from '../billing/pay-invoice.ts';
import { planRetry } from '../billing/retries.ts';
import { markUncollectible, voidInvoice } from '../billing/settle-invoice.ts';
import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { invoiceOf, presentInvoice } from '../objects/invoices.ts';
import type { Invoice, InvoiceStatus } from '../records/invoices.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import { flag, text } from '../wire/params.ts';
import { notEditable } from './invoice-updates.ts';
import { operation } from './operation.ts';

/** What moves an invoice from one status to the next by call. */
export const invoiceActions = [
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/finalize',
    params: { auto_advance: flag().optional() },
    handle({ world, params: { auto_advance }, ids }) {
      const draft = invoiceOf(world, ids.invoice);
      if (draft.status !== 'draft') {
        throw notEditable("This invoice is already finalized, you can't re-finalize a non-draft invoice.");
      }
      const error = finalisationError(world, draft);
      if (error) throw new ApiError(400, error);
      const advances = auto_advance ?? draft.auto_advance;
      world.store.put('invoice', draft.id, { ...draft, auto_advance: advances });
      const final = finaliseInvoice(world, draft.id);
      // The answer shows it open: the payment is attempted right after the call.
      const next = final.status === 'open' && advances ? planRetry(world, final) : final;
      return presentInvoice(world, update(world, 'invoice', 'invoice.updated', next));
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/pay',
    params: { off_session: flag().optional(), paid_out_of_band: flag().optional(), payment_method: text().optional() },
    handle({ world, params: wishes, ids }) {
      const paid = payInvoice(world, invoiceOf(world, ids.invoice), {
        method: wishes.payment_method,
        outOfBand: wishes.paid_out_of_band ?? false,
        offSession: wishes.off_session ?? true,
      });
      return presentInvoice(world, paid);
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/void',
    params: {},
    handle({ world, ids }) {
      const invoice = requireStatus(invoiceOf(world, ids.invoice), ['open', 'uncollectible']);
      return presentInvoice(world, voidInvoice(world, invoice));
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/mark_uncollectible',
    params: {},
    handle({ world, ids }) {
      const invoice = requireStatus(invoiceOf(world, ids.invoice), ['open']);
      return presentInvoice(world, markUncollectible(world, invoice));
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/invoices/{invoice}/send',
    params: {},
    handle({ world, ids }) {
      const standing = requireStatus(invoiceOf(world, ids.invoice), ['draft', 'open', 'uncollectible']);
      if (standing.collection_method !== 'send_invoice') {
        throw invalidRequest("You can only manually send an invoice if its collection method is 'send_invoice'.");
      }
      const invoice = standing.status === 'draft' ? finaliseInvoice(world, standing.id) : standing;
      announce(world, 'invoice.sent', presentInvoice(world, invoice));
      return presentInvoice(world, invoice);
    },
  }),
];

function requireStatus(invoice: Invoice, allowed: readonly InvoiceStatus[]): Invoice {
  if (allowed.includes(invoice.status)) return invoice;
  const allowedOnes = allowed.join(' or ');
  throw invalidRequest(`You can only pass in ${allowedOnes} invoices. This invoice is ${invoice.status}.`);
}

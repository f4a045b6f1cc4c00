import { invoiceOf } from '../objects/invoices.ts';
import { methodToPayWith } from '../objects/payment-methods.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import { paymentRequired } from './collect-now.ts';
import { attemptPayment, intentOf, methodFor } from './collect-payment.ts';
import { finaliseInvoice } from './finalise-invoice.ts';
import { markPaid } from './settle-invoice.ts';

interface PaymentWishes {
  /** Another method than the default one, for this payment only. */
  readonly method?: string | undefined;
  /** The money came another way. */
  readonly outOfBand: boolean;
  /** Nobody is there to authenticate the payment. */
  readonly offSession: boolean;
}

/**
 * One attempt by call; a draft is made final first.
 *
 * @throws ApiError 400 when there is nothing to pay or nothing to pay with; 402 when the bank refuses. The attempt stands.
 */
export function payInvoice(world: World, standing: Invoice, wishes: PaymentWishes): Invoice {
  if (standing.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (standing.status === 'void') throw invalidRequest('This invoice is void and can no longer be paid.');
  const invoice = standing.status === 'draft' ? finaliseInvoice(world, standing.id) : standing;
  if (invoice.status === 'paid') return invoice;
  if (wishes.outOfBand) return markPaid(world, invoice, 'out of band');
  const method =
    wishes.method === undefined ? methodFor(world, invoice) : methodToPayWith(world, wishes.method, invoice.customer);
  if (!method) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set one, or pass `payment_method`.',
    );
  }
  refuseWhileProcessing(world, invoice);
  const presence = wishes.offSession ? 'off session' : 'authenticated';
  const attempted = attemptPayment(world, invoice.id, { cause: 'call', method, presence });
  if (attempted.status === 'paid' || intentOf(world, attempted).status === 'processing') return attempted;
  throw paymentRequired(world, invoiceOf(world, invoice.id), { keepsEffects: true });
}

/** @throws ApiError 400 while a bank has not told what came of a debit */
function refuseWhileProcessing(world: World, invoice: Invoice): void {
  if (intentOf(world, invoice).status !== 'processing') return;
  const message = 'This PaymentIntent could not be confirmed because it is processing already.';
  throw new ApiError(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message });
}

import { presentPaymentIntent } from '../objects/payment-intents.ts';
import type { Invoice } from '../records/invoices.ts';
import type { PaymentIntent } from '../records/payment-intents.ts';
import type { World } from '../store/world.ts';
import { ApiError } from '../wire/errors.ts';
import { attemptPayment, intentOf, methodFor } from './collect-payment.ts';
import { finaliseInvoice } from './finalise-invoice.ts';
import { isNotCollected } from './paused-collection.ts';
import { planFinalisation } from './plan-finalisation.ts';

export type PaymentBehavior = 'allow_incomplete' | 'default_incomplete' | 'error_if_incomplete';

/** How a call that causes an invoice wants it to be paid. */
export interface Collecting {
  readonly behavior: PaymentBehavior;
  /** Nobody is there to authenticate the payment. */
  readonly offSession: boolean;
}

/**
 * What happens to an invoice inside the call that caused it: charged automatically it is finalised and attempted at once,
 * otherwise it stays a draft and is finalised after the grace time.
 *
 * @throws ApiError 400 when a new subscription's customer has nothing to charge to; 402 for `error_if_incomplete` when it
 * cannot be paid. The whole call is undone then.
 */
export function collectNow(world: World, draft: Invoice, { behavior, offSession }: Collecting): void {
  if (!draft.auto_advance) return;
  if (draft.collection_method === 'send_invoice') {
    planFinalisation(world, draft);
    return;
  }
  const open = finaliseInvoice(world, draft.id);
  if (open.status !== 'open' || behavior === 'default_incomplete' || isNotCollected(world, open)) return;
  if (open.billing_reason === 'subscription_create' && !methodFor(world, open)) throw nothingToChargeTo();
  const attempted = attemptPayment(world, open.id, {
    cause: 'first',
    presence: offSession ? 'off session' : 'on session',
  });
  if (attempted.status === 'open' && behavior === 'error_if_incomplete') throw paymentRequired(world, attempted);
}

/** A subscription is not even begun without a method to try, except with `default_incomplete`. */
function nothingToChargeTo(): ApiError {
  const message =
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.';
  const body = { type: 'invalid_request_error', code: 'resource_missing', message } as const;
  return new ApiError(400, body, { shouldRetry: false });
}

/** 402 with what the bank said, or 400 when there was nothing to charge to. */
export function paymentRequired(
  world: World,
  invoice: Invoice,
  circumstances: { readonly keepsEffects?: boolean } = {},
): ApiError {
  const intent = intentOf(world, invoice);
  if (intent.status === 'requires_action' && !intent.declined) return wantsCardholder(world, intent, circumstances);
  if (!intent.declined) return nothingToChargeTo();
  const { message, ...codes } = intent.declined.decline;
  const body = { type: 'card_error', ...codes, message, charge: intent.declined.charge } as const;
  return new ApiError(402, { ...body, payment_intent: presentPaymentIntent(world, intent) }, circumstances);
}

function wantsCardholder(
  world: World,
  intent: PaymentIntent,
  circumstances: { readonly keepsEffects?: boolean },
): ApiError {
  const message =
    'Payment for this subscription requires additional user action before it can be completed successfully.';
  const body = { type: 'card_error', code: 'subscription_payment_intent_requires_action', message } as const;
  return new ApiError(402, { ...body, payment_intent: presentPaymentIntent(world, intent) }, circumstances);
}

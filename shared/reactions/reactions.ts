import {
  openChangedQuantity,
  openCustomerDeleted,
  openFailedRefund,
  openFinalisationFailure,
  openLostDispute,
  openMeterIncident,
  openPausedCollection,
} from './open-incidents.ts';
import type { AccountReaction, DeploymentReaction } from './reaction.ts';
import { sendPayLink } from './send-pay-link.ts';
import {
  bill,
  confirmedPeriod,
  creditedInvoice,
  debt,
  endedPeriod,
  linesOfSubscription,
  openDebt,
  payingMethod,
  pendingLines,
  resumedLines,
  stoppedDraft,
} from './wakes.ts';

/** An invoice that is not a draft any more has changed. */
const INVOICE_CHANGED: readonly AccountReaction[] = [confirmedPeriod, bill, debt];

/**
 * Event type → what it wakes, in this order, for events about an account's things. Types that do not stand here are
 * ignored, each for a reason (`ignored-events.ts`); the endpoint at Stripe is registered for those that do.
 */
export const ACCOUNT_REACTIONS: ReadonlyMap<string, readonly AccountReaction[]> = new Map([
  ['invoice.created', [endedPeriod]],
  ['invoice.finalized', [...INVOICE_CHANGED, sendPayLink]],
  ['invoice.finalization_failed', [openFinalisationFailure]],
  ['invoice.payment_action_required', [debt, sendPayLink]],
  ['invoice.paid', INVOICE_CHANGED],
  ['invoice.payment_failed', [...INVOICE_CHANGED, sendPayLink]],
  ['invoice.updated', [stoppedDraft, ...INVOICE_CHANGED]],
  ['invoice.overdue', INVOICE_CHANGED],
  ['invoice.voided', INVOICE_CHANGED],
  ['invoice.marked_uncollectible', INVOICE_CHANGED],
  ['credit_note.created', [creditedInvoice]],
  ['credit_note.updated', [creditedInvoice]],
  ['credit_note.voided', [creditedInvoice]],
  ['refund.failed', [openFailedRefund]],
  ['charge.dispute.created', [openDebt]],
  ['charge.dispute.updated', [openDebt]],
  ['charge.dispute.closed', [openDebt, openLostDispute]],
  ['charge.dispute.funds_withdrawn', [openDebt]],
  ['charge.dispute.funds_reinstated', [openDebt]],
  ['payment_method.attached', [pendingLines, openDebt]],
  ['customer.updated', [payingMethod, pendingLines, openDebt]],
  ['customer.deleted', [openCustomerDeleted]],
  ['customer.subscription.updated', [payingMethod, pendingLines, openPausedCollection, openChangedQuantity]],
  ['customer.subscription.paused', [linesOfSubscription]],
  ['customer.subscription.resumed', [resumedLines]],
  ['customer.subscription.deleted', [linesOfSubscription]],
]);

/** The same for events about what all accounts share; they are thin, and need an endpoint of their own at Stripe. */
export const DEPLOYMENT_REACTIONS: ReadonlyMap<string, readonly DeploymentReaction[]> = new Map([
  ['v1.billing.meter.error_report_triggered', [openMeterIncident]],
  ['v1.billing.meter.no_meter_found', [openMeterIncident]],
]);

/** What the endpoint for snapshot events is registered for. */
export const SNAPSHOT_TYPES: readonly string[] = [...ACCOUNT_REACTIONS.keys()];
/** What the endpoint for thin events is registered for. */
export const THIN_TYPES: readonly string[] = [...DEPLOYMENT_REACTIONS.keys()];

import { followDebt, openLostDispute, wakeDebt } from './follow-debt.ts';
import { openMeterIncident } from './react-to-meter-errors.ts';
import type { AccountReaction, DeploymentReaction } from './reaction.ts';
import { sendPayLink } from './send-pay-link.ts';
import { lookAtLines, lookAtPendingLines } from './wake-account-lines.ts';
import { makeBill } from './wake-invoice-bill.ts';
import { closeEndedPeriod, compareConfirmedPeriod } from './wake-invoiced-period.ts';

/** An invoice that is not a draft any more has changed. Whoever follows invoices (bills, dunning) stands here. */
const INVOICE_CHANGED: readonly AccountReaction[] = [compareConfirmedPeriod, makeBill, followDebt];

/** What is disputed freezes what is asked for. */
const DISPUTE_CHANGED: readonly AccountReaction[] = [wakeDebt];

/** Event type → what it leads to, in this order, for events about an account's things. */
export const ACCOUNT_REACTIONS: ReadonlyMap<string, readonly AccountReaction[]> = new Map([
  ['invoice.created', [closeEndedPeriod]],
  ['invoice.finalized', [...INVOICE_CHANGED, sendPayLink]],
  ['invoice.payment_action_required', [followDebt, sendPayLink]],
  ['invoice.paid', INVOICE_CHANGED],
  ['invoice.payment_failed', [...INVOICE_CHANGED, sendPayLink]],
  ['invoice.updated', INVOICE_CHANGED],
  ['invoice.overdue', INVOICE_CHANGED],
  ['invoice.voided', INVOICE_CHANGED],
  ['invoice.marked_uncollectible', INVOICE_CHANGED],
  ['charge.dispute.created', DISPUTE_CHANGED],
  ['charge.dispute.updated', DISPUTE_CHANGED],
  ['charge.dispute.closed', [...DISPUTE_CHANGED, openLostDispute]],
  ['charge.dispute.funds_withdrawn', DISPUTE_CHANGED],
  ['charge.dispute.funds_reinstated', DISPUTE_CHANGED],
  ['payment_method.attached', [lookAtPendingLines, wakeDebt]],
  ['customer.updated', [lookAtPendingLines, wakeDebt]],
  ['customer.subscription.updated', [lookAtPendingLines]],
  ['customer.subscription.deleted', [lookAtLines]],
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

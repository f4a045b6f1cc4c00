/** Products of Stripe that Dunlin does not use: nothing that happens in them is about an account of ours. */
export const UNUSED_PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['account.', 'Connect: there are no connected accounts'],
  ['application_fee.', 'Connect: there are no connected accounts'],
  ['capability.', 'Connect: there are no connected accounts'],
  ['person.', 'Connect: there are no connected accounts'],
  ['topup.', 'Connect: there are no connected accounts'],
  ['transfer.', 'Connect: there are no connected accounts'],
  ['apps.', 'Stripe Apps are not used'],
  ['billing_portal.', 'the portal changes payment methods, and those have events of their own'],
  ['cash_balance.', 'customers have no cash balance at Stripe'],
  ['customer_cash_balance_transaction.', 'customers have no cash balance at Stripe'],
  ['checkout.', 'Checkout is not used'],
  ['climate.', 'Climate is not used'],
  ['customer.source.', 'Sources are not used'],
  ['source.', 'Sources are not used'],
  ['entitlements.', 'what a line may do is decided by the operator'],
  ['file.', 'no files are kept at Stripe'],
  ['financial_connections.', 'bank accounts are not read'],
  ['identity.', 'the operator identifies subscribers'],
  ['issuing_', 'Issuing is not used'],
  ['payment_link.', 'payment links are not used: an invoice has a page of its own'],
  ['quote.', 'quotes are not used'],
  ['radar.', 'the operator follows fraud at Stripe'],
  ['review.', 'the operator follows fraud at Stripe'],
  ['reserve.', 'balances and payouts are the operator’s accounting'],
  ['balance', 'balances and payouts are the operator’s accounting'],
  ['payout.', 'balances and payouts are the operator’s accounting'],
  ['reporting.', 'Stripe’s reports are not read'],
  ['sigma.', 'Stripe’s reports are not read'],
  ['subscription_schedule.', 'subscriptions have no schedules'],
  ['terminal.', 'Terminal is not used'],
  ['test_helpers.', 'test clocks are moved by who waits for them'],
  ['three_d_secure.', 'confirmations are followed on the invoice'],
  ['treasury.', 'Treasury is not used'],
]);

const OF_OUR_MAKING = 'made by Dunlin itself, which has the answer of the call';
const ON_THE_INVOICE = 'what it means for a debt is told by an event of the invoice';
const NOT_A_STEP = 'changes nothing that is owed, billed or provisioned';

/** Types of products that are used, and why nothing reacts to them. */
export const IGNORED_EVENTS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    OF_OUR_MAKING,
    [
      ...['billing.meter.created', 'billing.meter.deactivated', 'billing.meter.reactivated', 'billing.meter.updated'],
      ...['customer.created', 'customer.subscription.created'],
      ...['customer.tax_id.created', 'customer.tax_id.deleted'],
      ...['coupon.created', 'coupon.deleted', 'coupon.updated', 'promotion_code.created', 'promotion_code.updated'],
      ...['customer.discount.created', 'customer.discount.deleted', 'customer.discount.updated'],
      ...['invoiceitem.created', 'invoiceitem.deleted'],
      ...['plan.created', 'plan.deleted', 'plan.updated', 'price.created', 'price.deleted', 'price.updated'],
      ...['product.created', 'product.deleted', 'product.updated', 'tax_rate.created', 'tax_rate.updated'],
    ],
  ],
  [
    ON_THE_INVOICE,
    [
      ...['charge.captured', 'charge.expired', 'charge.failed', 'charge.pending', 'charge.succeeded', 'charge.updated'],
      ...['invoice.payment_attempt_required', 'invoice.payment_succeeded', 'invoice.sent', 'invoice_payment.paid'],
      ...['payment_intent.amount_capturable_updated', 'payment_intent.canceled', 'payment_intent.created'],
      ...['payment_intent.partially_funded', 'payment_intent.payment_failed', 'payment_intent.processing'],
      ...['payment_intent.requires_action', 'payment_intent.succeeded'],
      ...['setup_intent.canceled', 'setup_intent.created', 'setup_intent.requires_action'],
      ...['setup_intent.setup_failed', 'setup_intent.succeeded'],
    ],
  ],
  [
    NOT_A_STEP,
    [
      ...['customer.tax_id.updated', 'tax.settings.updated', 'mandate.updated'],
      ...['invoice.upcoming', 'invoice.will_be_due', 'customer.subscription.trial_will_end'],
      ...['payment_method.automatically_updated', 'payment_method.detached', 'payment_method.updated'],
    ],
  ],
  [
    'pending updates are not used',
    ['customer.subscription.pending_update_applied', 'customer.subscription.pending_update_expired'],
  ],
  [
    'credit counts from the invoice on which it is used, which says so itself',
    [
      ...['billing.credit_balance_transaction.created', 'billing.credit_grant.created', 'billing.credit_grant.updated'],
      'invoice.overpaid',
    ],
  ],
  [
    'who makes a refund knows of it, and the invoice stays paid; one that fails is told by `refund.failed`',
    ['charge.refund.updated', 'charge.refunded', 'refund.created', 'refund.updated'],
  ],
  ['Dunlin has limits of its own', ['billing.alert.triggered']],
  ['Stripe lets only drafts of one-off invoices be deleted, and none of those is ours', ['invoice.deleted']],
]);

/** Why nothing reacts to events of this type; `undefined`: something does, or the type is not known here. */
export function whyIgnored(type: string): string | undefined {
  for (const [reason, types] of IGNORED_EVENTS) {
    if (types.includes(type)) return reason;
  }
  for (const [prefix, reason] of UNUSED_PRODUCTS) {
    if (type.startsWith(prefix)) return reason;
  }
  return undefined;
}

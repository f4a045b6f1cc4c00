/** What decides about bills and can be seen in Stripe's dashboard only. */
export const SETTINGS_TO_LOOK_AT = `Stripe shows these settings in its dashboard only, under Settings, Billing, for test and live mode apart. Look once:
  Invoices       grace period before finalisation: 24 hours or more, so that Stripe waits as long as Dunlin may
  Subscriptions  failed payments: Smart Retries; after the last one leave the subscription past due, the invoice overdue
  Mails          to customers about invoices, failed payments, expiring cards and renewals: off, Dunlin writes them`;

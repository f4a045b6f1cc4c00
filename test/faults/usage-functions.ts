/** Those that take part in `USAGE_TO_BILL`, but those that `DEBT_TO_THANKS` asks more of. */
export const USAGE_FUNCTIONS = [
  'account-api',
  'usage-api',
  'usage-intake',
  'stripe-webhook',
  'stripe-events',
  'missed-events',
  'bill-render',
  'sweeper',
  'rating',
];

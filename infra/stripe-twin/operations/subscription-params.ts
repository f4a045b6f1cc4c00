import { choice, clearable, flag, integer, listOf, metadata, params, text, unixTime } from '../wire/params.ts';

/** Parameters that creation and update of a subscription share. */
export const subscriptionParams = {
  cancel_at_period_end: flag().optional(),
  collection_method: choice('charge_automatically', 'send_invoice').optional(),
  days_until_due: integer({ min: 0, max: 730 }).optional(),
  default_payment_method: clearable(text()).optional(),
  description: clearable(text(500)).optional(),
  invoice_settings: params({
    custom_fields: clearable(listOf(params({ name: text(40), value: text(140) }), 4)).optional(),
    description: clearable(text(1_500)).optional(),
    footer: clearable(text()).optional(),
  }).optional(),
  metadata: metadata().optional(),
  off_session: flag().optional(),
  payment_behavior: choice('allow_incomplete', 'default_incomplete', 'error_if_incomplete').optional(),
  payment_settings: params({ save_default_payment_method: choice('off', 'on_subscription').optional() }).optional(),
  proration_behavior: choice('always_invoice', 'create_prorations', 'none').optional(),
};

/** How a change is charged; the same on items and on subscriptions. */
export const prorationParams = {
  payment_behavior: choice('allow_incomplete', 'default_incomplete', 'error_if_incomplete').optional(),
  proration_behavior: choice('always_invoice', 'create_prorations', 'none').optional(),
  proration_date: unixTime().optional(),
};

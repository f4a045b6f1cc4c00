import { accountOperations } from './operations/account.ts';
import { balanceTransactionOperations } from './operations/balance-transactions.ts';
import { chargeOperations } from './operations/charges.ts';
import { customerOperations } from './operations/customers.ts';
import { disputeOperations } from './operations/disputes.ts';
import { eventDestinationOperations } from './operations/event-destinations.ts';
import { eventOperations } from './operations/events.ts';
import { invoiceActions } from './operations/invoice-actions.ts';
import { invoiceItemChanges } from './operations/invoice-item-changes.ts';
import { invoiceItemOperations } from './operations/invoice-items.ts';
import { invoiceLineOperations } from './operations/invoice-lines.ts';
import { invoicePaymentOperations } from './operations/invoice-payments.ts';
import { invoiceUpdate } from './operations/invoice-updates.ts';
import { invoiceOperations } from './operations/invoices.ts';
import { meterEventSummaryOperations } from './operations/meter-event-summaries.ts';
import { meterEventOperations } from './operations/meter-events.ts';
import { meterOperations } from './operations/meters.ts';
import type { Operation } from './operations/operation.ts';
import { paymentIntentOperations } from './operations/payment-intents.ts';
import { paymentMethodOperations } from './operations/payment-methods.ts';
import { portalConfigurationOperations } from './operations/portal-configurations.ts';
import { portalSessionOperations } from './operations/portal-sessions.ts';
import { priceCreation } from './operations/price-creation.ts';
import { priceOperations } from './operations/prices.ts';
import { productOperations } from './operations/products.ts';
import { subscriptionCreation } from './operations/subscription-creation.ts';
import { subscriptionItemOperations } from './operations/subscription-items.ts';
import { subscriptionUpdate } from './operations/subscription-updates.ts';
import { subscriptionOperations } from './operations/subscriptions.ts';
import { taxIdOperations } from './operations/tax-ids.ts';
import { webhookEndpointOperations } from './operations/webhook-endpoints.ts';

/** Everything that the twin answers; whatever is not here is an unrecognised URL. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...customerOperations,
  ...taxIdOperations,
  ...balanceTransactionOperations,
  ...paymentMethodOperations,
  ...productOperations,
  priceCreation,
  ...priceOperations,
  ...meterOperations,
  ...meterEventOperations,
  ...meterEventSummaryOperations,
  subscriptionCreation,
  subscriptionUpdate,
  ...subscriptionOperations,
  ...subscriptionItemOperations,
  ...invoiceOperations,
  invoiceUpdate,
  ...invoiceActions,
  ...invoiceLineOperations,
  ...invoiceItemOperations,
  ...invoiceItemChanges,
  ...invoicePaymentOperations,
  ...paymentIntentOperations,
  ...chargeOperations,
  ...disputeOperations,
  ...eventOperations,
  ...webhookEndpointOperations,
  ...eventDestinationOperations,
  ...portalConfigurationOperations,
  ...portalSessionOperations,
];

import type { Operation } from './http/operation.ts';
import { accountOperations } from './resources/account.ts';
import { balanceTransactionOperations } from './resources/balance-transactions.ts';
import { chargeOperations } from './resources/charges.ts';
import { customerOperations } from './resources/customers.ts';
import { disputeOperations } from './resources/disputes.ts';
import { eventDestinationOperations } from './resources/event-destinations.ts';
import { eventOperations } from './resources/events.ts';
import { invoiceActions } from './resources/invoice-actions.ts';
import { invoiceItemChanges } from './resources/invoice-item-changes.ts';
import { invoiceItemOperations } from './resources/invoice-items.ts';
import { invoiceLineOperations } from './resources/invoice-lines.ts';
import { invoicePaymentOperations } from './resources/invoice-payments.ts';
import { invoiceUpdate } from './resources/invoice-updates.ts';
import { invoiceOperations } from './resources/invoices.ts';
import { meterEventSummaryOperations } from './resources/meter-event-summaries.ts';
import { meterEventOperations } from './resources/meter-events.ts';
import { meterOperations } from './resources/meters.ts';
import { paymentIntentOperations } from './resources/payment-intents.ts';
import { paymentMethodOperations } from './resources/payment-methods.ts';
import { portalConfigurationOperations } from './resources/portal-configurations.ts';
import { portalSessionOperations } from './resources/portal-sessions.ts';
import { priceCreation } from './resources/price-creation.ts';
import { priceOperations } from './resources/prices.ts';
import { productOperations } from './resources/products.ts';
import { subscriptionCreation } from './resources/subscription-creation.ts';
import { subscriptionItemOperations } from './resources/subscription-items.ts';
import { subscriptionUpdate } from './resources/subscription-updates.ts';
import { subscriptionOperations } from './resources/subscriptions.ts';
import { webhookEndpointOperations } from './resources/webhook-endpoints.ts';

/** Everything that the twin answers; whatever is not here is an unrecognised URL. */
export const operations: readonly Operation[] = [
  ...accountOperations,
  ...customerOperations,
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

import type { MeterEventRecord, ReceivedIdentifier } from '../billing/usage.ts';
import type { StoredAnswer } from '../http/idempotency.ts';
import type { BalanceTransaction } from '../resources/balance-transactions.ts';
import type { Charge } from '../resources/charges.ts';
import type { Customer } from '../resources/customers.ts';
import type { Dispute } from '../resources/disputes.ts';
import type { EventDestination } from '../resources/event-destinations.ts';
import type { StripeEvent } from '../resources/events.ts';
import type { InvoiceItem } from '../resources/invoice-items.ts';
import type { InvoiceLine } from '../resources/invoice-lines.ts';
import type { InvoicePayment } from '../resources/invoice-payments.ts';
import type { Invoice } from '../resources/invoices.ts';
import type { Meter } from '../resources/meters.ts';
import type { PaymentIntent } from '../resources/payment-intents.ts';
import type { PaymentMethod } from '../resources/payment-methods.ts';
import type { PortalConfiguration } from '../resources/portal-configurations.ts';
import type { PortalSession } from '../resources/portal-sessions.ts';
import type { Price } from '../resources/prices.ts';
import type { Product } from '../resources/products.ts';
import type { SubscriptionItem } from '../resources/subscription-items.ts';
import type { Subscription } from '../resources/subscriptions.ts';
import type { WebhookEndpoint } from '../resources/webhook-endpoints.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import type { DueEntry } from './agenda.ts';

/** Everything the twin remembers, by Stripe's name for the kind; the last five are its own books. */
export interface Records {
  customer: Customer;
  customer_balance_transaction: BalanceTransaction;
  product: Product;
  price: Price;
  payment_method: PaymentMethod;
  'billing.meter': Meter;
  subscription: Subscription;
  subscription_item: SubscriptionItem;
  invoice: Invoice;
  line_item: InvoiceLine;
  invoiceitem: InvoiceItem;
  invoice_payment: InvoicePayment;
  payment_intent: PaymentIntent;
  charge: Charge;
  dispute: Dispute;
  event: StripeEvent;
  webhook_endpoint: WebhookEndpoint;
  'v2.core.event_destination': EventDestination;
  'billing_portal.configuration': PortalConfiguration;
  'billing_portal.session': PortalSession;
  /** Under `<meter>/<customer>`: what was reported, oldest first. */
  usage: readonly MeterEventRecord[];
  identifier: ReceivedIdentifier;
  answer: StoredAnswer;
  due: DueEntry;
  delivery: Delivery;
}

export type Kind = keyof Records;

/** What goes over the wire: JSON. */
export type Wire = { readonly [field: string]: unknown };

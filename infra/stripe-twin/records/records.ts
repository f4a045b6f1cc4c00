import type { BalanceTransaction } from './balance-transactions.ts';
import type { Charge } from './charges.ts';
import type { Customer } from './customers.ts';
import type { Delivery } from './delivery.ts';
import type { Dispute } from './disputes.ts';
import type { DueEntry } from './due-entry.ts';
import type { EventDestination } from './event-destinations.ts';
import type { StripeEvent } from './events.ts';
import type { InvoiceItem } from './invoice-items.ts';
import type { InvoiceLine } from './invoice-lines.ts';
import type { InvoicePayment } from './invoice-payments.ts';
import type { Invoice } from './invoices.ts';
import type { MeterEventRecord, ReceivedIdentifier } from './meter-usage.ts';
import type { Meter } from './meters.ts';
import type { PaymentIntent } from './payment-intents.ts';
import type { PaymentMethod } from './payment-methods.ts';
import type { PortalConfiguration } from './portal-configurations.ts';
import type { PortalSession } from './portal-sessions.ts';
import type { Price } from './prices.ts';
import type { Product } from './products.ts';
import type { StoredAnswer } from './stored-answer.ts';
import type { SubscriptionItem } from './subscription-items.ts';
import type { Subscription } from './subscriptions.ts';
import type { TaxId } from './tax-ids.ts';
import type { WebhookEndpoint } from './webhook-endpoints.ts';

/** Everything the twin remembers, by Stripe's name for the kind; the last five are its own books. */
export interface Records {
  customer: Customer;
  customer_balance_transaction: BalanceTransaction;
  tax_id: TaxId;
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

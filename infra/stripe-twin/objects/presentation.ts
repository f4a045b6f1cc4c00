import type { Records } from '../records/records.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { asStored } from './as-stored.ts';
import { presentCharge } from './charges.ts';
import { presentCustomer } from './customers.ts';
import { presentDispute } from './disputes.ts';
import { presentInvoiceItem } from './invoice-items.ts';
import { presentInvoice } from './invoices.ts';
import { presentPaymentIntent } from './payment-intents.ts';
import { presentPaymentMethod } from './payment-methods.ts';
import { presentPortalConfiguration } from './portal-configurations.ts';
import { presentPortalSession } from './portal-sessions.ts';
import { presentSubscriptionItem } from './subscription-items.ts';
import { presentSubscription } from './subscriptions.ts';
import { presentWebhookEndpoint } from './webhook-endpoints.ts';

/** Kinds that have an id and go over the wire. */
export type PresentedKind = Exclude<keyof Records, 'usage' | 'identifier' | 'answer' | 'due' | 'delivery'>;

type Presenters = { readonly [K in PresentedKind]: (world: World, record: Records[K]) => Wire };

const PRESENTERS: Presenters = {
  customer: presentCustomer,
  customer_balance_transaction: (_, record) => asStored(record),
  tax_id: (_, record) => asStored(record),
  product: (_, record) => asStored(record),
  price: (_, record) => asStored(record),
  payment_method: presentPaymentMethod,
  'billing.meter': (_, record) => asStored(record),
  subscription: presentSubscription,
  subscription_item: presentSubscriptionItem,
  invoice: presentInvoice,
  line_item: (_, record) => asStored(record),
  invoiceitem: presentInvoiceItem,
  invoice_payment: (_, record) => asStored(record),
  payment_intent: presentPaymentIntent,
  charge: presentCharge,
  dispute: presentDispute,
  event: (_, record) => asStored(record),
  webhook_endpoint: presentWebhookEndpoint,
  'v2.core.event_destination': (_, record) => asStored(record),
  'billing_portal.configuration': presentPortalConfiguration,
  'billing_portal.session': presentPortalSession,
};

/** What a record looks like over the wire, before anything is expanded. */
export function present<K extends PresentedKind>(world: World, kind: K, record: Records[K]): Wire {
  return PRESENTERS[kind](world, record);
}

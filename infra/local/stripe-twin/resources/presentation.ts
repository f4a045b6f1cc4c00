import type { Records, Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { presentCharge } from './charges.ts';
import { presentInvoiceItem } from './invoice-items.ts';
import { presentInvoice } from './invoices.ts';
import { presentPaymentIntent } from './payment-intents.ts';
import { presentPaymentMethod } from './payment-methods.ts';
import { presentSubscriptionItem } from './subscription-items.ts';
import { presentSubscription } from './subscriptions.ts';

/** Kinds that have an id and go over the wire. */
export type PresentedKind = Exclude<keyof Records, 'usage' | 'identifier' | 'answer' | 'due'>;

type Presenters = { readonly [K in PresentedKind]: (world: World, record: Records[K]) => Wire };

/** What a record looks like over the wire, before anything is expanded. */
export function present<K extends PresentedKind>(world: World, kind: K, record: Records[K]): Wire {
  return presenters()[kind](world, record);
}

const asStored = (_world: World, record: object): Wire => ({ ...record });

/** Made at the first call: the resource modules import each other, so their functions may not exist while this one loads. */
function presenters(): Presenters {
  PRESENTERS ??= {
    customer: asStored,
    customer_balance_transaction: asStored,
    product: asStored,
    price: asStored,
    payment_method: presentPaymentMethod,
    'billing.meter': asStored,
    subscription: presentSubscription,
    subscription_item: presentSubscriptionItem,
    invoice: presentInvoice,
    line_item: asStored,
    invoiceitem: presentInvoiceItem,
    invoice_payment: asStored,
    payment_intent: presentPaymentIntent,
    charge: presentCharge,
    event: asStored,
  };
  return PRESENTERS;
}

let PRESENTERS: Presenters | undefined;

import type { Address } from './address.ts';
import type { Metadata } from './metadata.ts';

export interface PaymentMethod {
  readonly id: string;
  readonly object: 'payment_method';
  readonly allow_redisplay: 'unspecified';
  readonly billing_details: {
    readonly address: Address;
    readonly email: string | null;
    readonly name: string | null;
    readonly phone: string | null;
    readonly tax_id: null;
  };
  readonly created: number;
  readonly customer: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly type: 'card' | 'sepa_debit';
  /** Stripe's test id or test IBAN that it came from: decides how charges end. Not shown. */
  readonly testCard: string;
}

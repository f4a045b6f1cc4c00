import type { Address } from './address.ts';
import type { Metadata } from './metadata.ts';

export interface CustomField {
  readonly name: string;
  readonly value: string;
}

export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly address: Address | null;
  /** Minor units; negative is credit. It is settled with the next invoice that is finalised. */
  readonly balance: number;
  readonly created: number;
  /** Fixed by the first subscription or invoice. */
  readonly currency: string | null;
  readonly default_source: null;
  readonly delinquent: boolean;
  readonly description: string | null;
  readonly discount: null;
  readonly email: string | null;
  readonly invoice_prefix: string;
  readonly invoice_settings: {
    readonly custom_fields: readonly CustomField[] | null;
    readonly default_payment_method: string | null;
    readonly footer: string | null;
    readonly rendering_options: null;
  };
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly name: string | null;
  readonly next_invoice_sequence: number;
  readonly phone: string | null;
  readonly preferred_locales: readonly string[];
  readonly shipping: null;
  readonly tax_exempt: 'exempt' | 'none' | 'reverse';
  readonly test_clock: null;
  /** Deleted for good; not shown as it is. */
  readonly isDeleted: boolean;
}

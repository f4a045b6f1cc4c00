import type { Metadata } from './metadata.ts';

export interface Product {
  readonly id: string;
  readonly object: 'product';
  readonly active: boolean;
  readonly created: number;
  readonly default_price: string | null;
  readonly description: string | null;
  readonly images: readonly string[];
  readonly livemode: false;
  readonly marketing_features: readonly { readonly name: string }[];
  readonly metadata: Metadata;
  readonly name: string;
  readonly package_dimensions: null;
  readonly shippable: null;
  readonly statement_descriptor: string | null;
  readonly tax_code: null;
  readonly tax_details: null;
  readonly type: 'service';
  readonly unit_label: string | null;
  readonly updated: number;
  readonly url: string | null;
}

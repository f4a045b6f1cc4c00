/** A tax number of a customer. It is never changed, only made and deleted. */
export interface TaxId {
  readonly id: string;
  readonly object: 'tax_id';
  readonly country: string | null;
  readonly created: number;
  readonly customer: string;
  readonly customer_account: null;
  readonly livemode: false;
  readonly owner: { readonly type: 'customer'; readonly customer: string };
  readonly type: string;
  readonly value: string;
  readonly verification: {
    readonly status: 'pending' | 'unavailable';
    readonly verified_address: null;
    readonly verified_name: null;
  };
}

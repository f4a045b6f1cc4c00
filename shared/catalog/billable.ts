/** Section of a bill (contract section 6). */
export const SECTIONS = ['plans', 'calls', 'data', 'roaming', 'devices', 'one-off', 'credits', 'tax'] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * The lookup key of the Stripe price, and the name of the position that counts towards it:
 * `dunlin:<plan>:<charge>:<currency>:<version>`. The version is a hash of the pricing terms, so an unchanged price
 * keeps its key over catalog versions.
 */
export type BillableKey = string;

interface BillableBase {
  readonly key: BillableKey;
  readonly currency: string;
  /** Decimal number of minor units, at most 12 decimals: `1500`, `0.0001`. */
  readonly unitAmountMinor: string;
  /** What the invoice line says, English; bills have their own words. */
  readonly label: string;
}

/** Per line and month, in advance: a licensed Stripe price. */
export interface FeeBillable extends BillableBase {
  readonly type: 'fee';
  readonly plan: string;
}

/** One price per unit: the meter counts steps. */
export interface UnitBillable extends BillableBase {
  readonly type: 'unit';
  readonly plan: string;
  readonly charge: string;
  readonly section: Section;
  readonly eventName: string;
}

/** The price differs per record: the meter sums 1/10 000 minor units. One meter per section for the whole deployment. */
export interface AmountBillable extends BillableBase {
  readonly type: 'amount';
  readonly section: Section;
  readonly eventName: string;
}

export type MeteredBillable = UnitBillable | AmountBillable;
export type Billable = FeeBillable | MeteredBillable;

/** Prices that Stripe takes on one subscription (docs.stripe.com/billing/subscriptions/multiple-products). */
export const MOST_PRICES = 20;

import * as z from 'zod';

/**
 * One thing that a subscription consists of, by the provider's id of what it is sold from (a price, a coupon, a tax rate).
 * A fee or an add-on has a quantity; usage, a promotion and a tax rate are there or not.
 */
export const Part = z.object({
  kind: z.enum(['fee', 'add-on', 'metered', 'promotion', 'tax-rate']),
  id: z.string(),
  quantity: z.int().positive().optional(),
});
export type Part = z.output<typeof Part>;

/** A part as the provider has it. */
export interface CurrentPart extends Omit<Part, 'quantity'> {
  /** A person may have set any number, also 0. */
  readonly quantity?: number | undefined;
  /** The quantity that we set last; `undefined`: none is noted there. */
  readonly ourQuantity?: number | undefined;
  /** It carries our mark. Another one was put there by a person, and stays. */
  readonly isOurs: boolean;
}

/** From what is there to what should be there. A removed part is named as it is there. */
export interface PartChanges {
  readonly add: readonly Part[];
  /** The new quantities, before what a person added or took off. */
  readonly set: readonly Part[];
  readonly remove: readonly CurrentPart[];
}

import * as z from 'zod';

export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Decimal = z.string().regex(/^\d+(\.\d+)?$/);

/** Currency → decimal in major units. */
export const Amounts = z.record(Currency, Decimal);
export type Amounts = z.infer<typeof Amounts>;

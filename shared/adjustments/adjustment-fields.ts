import * as z from 'zod';
import { isZero, parseDecimal } from '#shared/money/decimal.ts';

const Label = z.string().trim().min(1).max(200);

const Amount = z
  .string()
  .refine(isPositive, { message: 'must be an amount above zero in major units, such as "12.50"' });

/** Where it is given it must be the account's. */
const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be ISO 4217, such as SEK')
  .optional();

const ChargeSection = z.enum(['one-off', 'devices']);

/** Body of `POST .../charges` (contract section 10). */
export const ChargeFields = z.strictObject({
  label: Label,
  amount: Amount,
  currency: Currency,
  section: ChargeSection.default('one-off'),
});
export type ChargeFields = z.output<typeof ChargeFields>;

/** Body of `POST .../credits`. */
export const CreditFields = z.strictObject({ label: Label, amount: Amount, currency: Currency });
export type CreditFields = z.output<typeof CreditFields>;

/** As many as one transaction of the ledger takes. */
export const MOST_MONTHS = 48;

/** Body of `POST .../instalments`. */
export const InstalmentFields = z.strictObject({
  label: Label,
  total: Amount,
  currency: Currency,
  months: z.int().min(2).max(MOST_MONTHS),
  firstOn: z.iso.date(),
  section: ChargeSection.default('devices'),
});
export type InstalmentFields = z.output<typeof InstalmentFields>;

function isPositive(text: string): boolean {
  const value = parseDecimal(text);
  return value !== undefined && value.digits > 0n && !isZero(value);
}

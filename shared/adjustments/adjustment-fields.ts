import * as z from 'zod';
import { AskedAmount, AskedCurrency } from '#shared/money/asked-amount.ts';

const Label = z.string().trim().min(1).max(200);

const ChargeSection = z.enum(['one-off', 'devices']);

/** Body of `POST .../charges` (contract section 10). */
export const ChargeFields = z.strictObject({
  label: Label,
  amount: AskedAmount,
  currency: AskedCurrency,
  section: ChargeSection.default('one-off'),
});
export type ChargeFields = z.output<typeof ChargeFields>;

/** Body of `POST .../credits`. */
export const CreditFields = z.strictObject({ label: Label, amount: AskedAmount, currency: AskedCurrency });
export type CreditFields = z.output<typeof CreditFields>;

/** As many as one transaction of the ledger takes. */
export const MOST_MONTHS = 48;

/** Body of `POST .../instalments`. */
export const InstalmentFields = z.strictObject({
  label: Label,
  total: AskedAmount,
  currency: AskedCurrency,
  months: z.int().min(2).max(MOST_MONTHS),
  firstOn: z.iso.date(),
  section: ChargeSection.default('devices'),
});
export type InstalmentFields = z.output<typeof InstalmentFields>;

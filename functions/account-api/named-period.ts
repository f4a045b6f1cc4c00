import * as z from 'zod';
import { periodAt } from '#shared/accounts/billing-period.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { Period } from '#shared/platform/instant.ts';
import { HOUR } from '#shared/platform/instant.ts';
import type { AccountApiServices } from './services.ts';

/** Contract 2.4: `current`, `previous`, or the month in which the period starts, `2026-11`. */
export const PeriodName = z
  .string()
  .regex(/^(current|previous|20\d{2}-(0[1-9]|1[0-2]))$/, 'current, previous or a month as 2026-11')
  .default('current');

export async function namedPeriod(
  { accounts }: AccountApiServices,
  account: AccountItem,
  name: z.infer<typeof PeriodName>,
): Promise<Period> {
  const { ledger, billingHour, clock } = accounts;
  const at = (instant: number) => periodAt(ledger, account, instant, billingHour);
  if (name === 'current') return at(clock());
  if (name === 'previous') return at((await at(clock())).start - 1);
  const [year = 0, month = 1] = name.split('-').map(Number);
  return at(Date.UTC(year, month - 1, account.billingDay) + billingHour * HOUR);
}

import * as z from 'zod';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { HOUR, type Period } from '#shared/platform/instant.ts';
import type { AccountServices } from './account-services.ts';
import { periodAt } from './billing-period.ts';

/** Contract 2.4: `current`, `previous`, or the month in which the period starts, `2026-11`. */
export const PeriodName = z
  .string()
  .regex(/^(current|previous|20\d{2}-(0[1-9]|1[0-2]))$/, 'must be current, previous or a month such as 2026-11')
  .default('current')
  .describe('`current`, `previous`, or the month in which the period starts.');

/** The billing period of the account that the name means now. */
export async function namedPeriod(
  { ledger, billingHour, clock }: Pick<AccountServices, 'ledger' | 'billingHour' | 'clock'>,
  account: AccountItem,
  name: z.infer<typeof PeriodName>,
): Promise<Period> {
  const at = (instant: number) => periodAt(ledger, account, instant, billingHour);
  if (name === 'current') return at(clock());
  if (name === 'previous') return at((await at(clock())).start - 1);
  const [year = 0, month = 1] = name.split('-').map(Number);
  return at(Date.UTC(year, month - 1, account.billingDay) + billingHour * HOUR);
}

import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { BillingProvider } from './provisioning/billing-provider.ts';
import type { Tariff } from './provisioning/tariff.ts';

/** What work on accounts needs. */
export interface AccountServices {
  readonly ledger: Table;
  readonly provider: BillingProvider;
  readonly tariff: Tariff;
  readonly clock: Clock;
  /** Hour of the day (UTC) at which periods begin: a setting of the stage. */
  readonly billingHour: number;
}

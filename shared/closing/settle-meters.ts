import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { type Confirmation, confirm } from '#shared/metering/confirm.ts';
import { positionsOf } from '#shared/metering/position.ts';
import { type AccountMeteringDependencies, pushTargets } from '#shared/metering/push-account.ts';
import type { Meters } from './closing-facts.ts';

/** Sends what the meters lack of the frozen targets. */
export async function push(
  services: AccountMeteringDependencies,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<Meters> {
  const before = await positionsOf(services.table, period.account, period.start);
  const targets = new Map(Object.entries(period.frozen?.targets ?? {}));
  const pushed = await pushTargets(services, account, period, targets, before);
  return [...pushed.values()].includes('waiting') ? 'waiting' : 'sent';
}

/** @throws Failure when a meter cannot be read now */
export async function confirmAll(services: AccountMeteringDependencies, period: ClosingPeriod): Promise<Meters> {
  const positions = [...(await positionsOf(services.table, period.account, period.start)).values()];
  const moving = positions.filter(({ stuck }) => stuck === undefined);
  const found = new Set<Confirmation>();
  for (const position of moving) found.add(await confirm(services, position));
  // What was lost is sent by the next run.
  if (found.has('lost')) return 'waiting';
  if (found.has('lags')) return 'differ';
  return moving.length < positions.length ? 'stuck' : 'agree';
}

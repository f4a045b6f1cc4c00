import type { RatedAccount } from '#shared/accounts/account.ts';
import { findAccount, linesOf } from '#shared/accounts/account-book.ts';
import { latestPeriod, type PeriodItem } from '#shared/accounts/period-item.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import { contains, type Period, SECOND } from '#shared/platform/instant.ts';
import { aloneIfLarge } from '#shared/rating/alone-if-large.ts';
import { PeriodTooLarge } from '#shared/rating/period-too-large.ts';
import { type RatingDependencies, type RatingOptions, rateAccount, rateRecords } from '#shared/rating/rate-account.ts';
import type { RatedStream, RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { pointAtPeriod } from '#shared/usage/quarantine/point-at-period.ts';
import { QuarantineLedger } from '#shared/usage/quarantine/quarantine-ledger.ts';
import type { MeteringDependencies } from './deliver.ts';
import { MeterRegistry } from './meter-registry.ts';
import { type Position, positionsOf } from './position.ts';
import { type PositionAddress, type Push, pushTarget } from './push-target.ts';
import { warnOfSize } from './warn-of-size.ts';
import { watchVoids } from './watch-voids.ts';

export type AccountMeteringDependencies = MeteringDependencies & RatingDependencies;

/** Day by day half the price is enough: what a read misses, the next one sees, and the period's end reads consistently. */
const CHEAPLY = { consistent: false };

/**
 * Handles a wake-up of kind `account`: rates the current period and sends what moved; with `gate` it only looks for
 * records that rating leaves out. Writes nothing where nothing moved.
 * Returns what became of each billable; empty: there is no period that is billed, or it is too large, which is an incident.
 */
export async function pushAccount(
  services: AccountMeteringDependencies,
  accountId: string,
  push: 'daily' | 'gate',
): Promise<Map<string, Push>> {
  const [account, period] = await Promise.all([
    findAccount(services.table, accountId, CHEAPLY),
    latestPeriod(services.table, accountId, CHEAPLY),
  ]);
  // A closed period stays as it was billed, and before the next is opened there is nothing to bill on.
  if (account === undefined || period === undefined || !contains(period, services.clock())) return new Map();
  // Read before rating: had another rated more since, its movement makes ours fail instead of undoing it.
  const positions = await positionsOf(services.table, accountId, period.start, CHEAPLY);
  const billed = await billedAccount(services, account, CHEAPLY);
  const rated = await rateIfItFits(services, billed, period);
  if (rated === undefined) return new Map();
  await pointAtLeftOut(services, accountId, rated, rated.sink.records);
  if (push === 'gate') return new Map();
  return pushTargets(services, account, period, rated.targets, positions);
}

async function rateIfItFits(services: AccountMeteringDependencies, account: RatedAccount, period: PeriodItem) {
  try {
    return await aloneIfLarge(services.mostRecords, mostRecords =>
      rateRecords({ ...services, mostRecords }, account, periodOf(period), CHEAPLY, () => new LeftOut()),
    );
  } catch (error) {
    if (!(error instanceof PeriodTooLarge)) throw error;
    await warnOfSize(services, period, error);
    return undefined;
  }
}

/** Records that rating left out are found by their period in the quarantine; voids without a record are watched. */
export async function pointAtLeftOut(
  { table, clock }: Pick<MeteringDependencies, 'table' | 'clock'>,
  account: string,
  rated: Pick<RatedStream<unknown>, 'period' | 'unmatchedVoids'>,
  leftOut: number,
): Promise<void> {
  await pointAtPeriod(new QuarantineLedger(table), account, rated.period, leftOut);
  await watchVoids(table, account, rated.period, rated.unmatchedVoids, clock());
}

/** Counts the records that rating leaves out. */
class LeftOut implements RecordSink {
  records = 0;

  take({ state }: RatedRecord): void {
    if (state === 'quarantined') this.records += 1;
  }
}

/** Rates the lines of `billedAccount`. */
export async function rateBilled(
  services: RatingDependencies & Pick<MeteringDependencies, 'table'>,
  account: AccountItem,
  period: Period,
  options: RatingOptions,
): Promise<RatedStream<RecordSink>> {
  return rateAccount(services, await billedAccount(services, account, options), periodOf(period), options);
}

/**
 * The lines that the provider bills, or billed until somebody ended its subscription: what it has is not taken back. The
 * usage of a line that it never had is counted and stays open.
 */
async function billedAccount(
  { table }: Pick<MeteringDependencies, 'table'>,
  { account, currency, timezone }: AccountItem,
  options: RatingOptions,
): Promise<RatedAccount> {
  const lines = (await linesOf(table, account, options)).filter(line => line.billed);
  return { account, currency, timezone, lines: lines.map(lineHistory) };
}

function periodOf({ start, end }: Period): Period {
  return { start, end };
}

/** Others wait for the function, which lives for four minutes. When Stripe answers so slowly, the rest goes with the next flush. */
const TIME_TO_PUSH = 30 * SECOND;

/** One after the other: the meter takes one call at a time per customer. A target that is gone counts as 0. */
export async function pushTargets(
  services: AccountMeteringDependencies,
  account: AccountItem,
  period: PeriodItem,
  targets: ReadonlyMap<string, bigint>,
  positions: ReadonlyMap<string, Position>,
): Promise<Map<string, Push>> {
  const moved = [...new Set([...targets.keys(), ...positions.keys()])].filter(
    key => (targets.get(key) ?? 0n) !== (positions.get(key)?.acknowledged ?? 0n) || positions.get(key)?.movement,
  );
  const pushed = new Map<string, Push>();
  if (moved.length === 0 || account.stripeCustomer === undefined) return pushed;
  const book = new MeterRegistry(await services.catalogs());
  const begun = services.clock();
  for (const key of moved.sort()) {
    if (services.clock() - begun > TIME_TO_PUSH) {
      pushed.set(key, 'waiting');
      continue;
    }
    const stored = positions.get(key);
    const address = stored ?? addressOf(account.stripeCustomer, period, key, book);
    pushed.set(key, await pushTarget(services, address, stored, targets.get(key) ?? 0n));
  }
  return pushed;
}

function addressOf(customer: string, period: PeriodItem, key: string, book: MeterRegistry): PositionAddress {
  const { account, start, end, billedFrom } = period;
  return { account, key, start, end, billedFrom, customer, ...book.meterOf(key) };
}

import * as z from 'zod';
import { findAccount } from '#shared/accounts/account-book.ts';
import { regularPeriod } from '#shared/accounts/billing-day.ts';
import { openPeriod, periodKey } from '#shared/accounts/period-item.ts';
import type { Subscriptions } from '#shared/accounts/provisioning/billing-provider.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { underLease } from '#shared/platform/due.ts';
import type { Failure } from '#shared/platform/failure.ts';
import { DAY, HOUR, MINUTE, type Period, printInstant } from '#shared/platform/instant.ts';
import type { Change } from '#shared/platform/table.ts';
import { attempt } from './attempt.ts';
import { confirm } from './confirm.ts';
import { keepManifest, type ManifestStore, manifestOf } from './manifest.ts';
import { type ClosingPeriod, FrozenPeriod } from './period-closing.ts';
import { type Position, positionsOf } from './position.ts';
import { type AccountMeteringDependencies, pointAtLeftOut, pushTargets, rateBilled } from './push-account.ts';
import { refusal, reschedule, type Trouble } from './reschedule.ts';
import { retryAt } from './retry-at.ts';

export interface ClosePeriodDependencies extends AccountMeteringDependencies {
  readonly subscriptions: Pick<Subscriptions, 'read'>;
  readonly manifests: ManifestStore;
  /** Hour of the day (UTC) at which periods begin. */
  readonly billingHour: number;
}

/** What a run found out about the meters of a period that ended. */
export type Meters =
  /** Every position is confirmed by its meter's summary. */
  | 'agree'
  /** Something is under way, or the meters are out of reach. */
  | 'waiting'
  /** All is sent, and a summary says something else. */
  | 'differ'
  /** All the others agree; of some, a case stands open. */
  | 'stuck';

/** How far a run brought the closing of a period. */
export interface Closing {
  readonly frozen: FrozenPeriod;
  /** The period behind it is there, or will never be. */
  readonly nextOpened: boolean;
  readonly meters: Meters;
  /** What the provider refused for good. */
  readonly trouble: Trouble | undefined;
}

/** There is nothing left to wait for. */
export function isThrough({ nextOpened, meters }: Closing): boolean {
  return nextOpened && meters === 'agree';
}

/** The first comparison with an invoice of which nobody has told that it is final. */
const RECONCILE_AFTER = 2 * HOUR;
/** What the gate has let through is final by then. */
const FINAL_WITHIN = 10 * MINUTE;
/** From then on a summary that still differs is an incident. */
const SUMMARIES_SETTLE_WITHIN = 6 * HOUR;
/** From then on a subscription that has not begun its next period is an incident: somebody moved its boundaries. */
const NEXT_BEGINS_WITHIN = DAY;

/**
 * One run of closing an open period: `freeze`, then whatever of the rest is left to do. Safe to repeat.
 * Returns `undefined` where another run has taken the period over.
 */
export async function closePeriod(
  services: ClosePeriodDependencies,
  period: ClosingPeriod,
): Promise<Closing | undefined> {
  const account = await findAccount(services.table, period.account);
  if (account === undefined) throw new Error('A period without its account.');
  const frozen = period.frozen ?? (await freeze(services, account, period));
  if (frozen === undefined) return undefined;

  const troubles: Trouble[] = [];
  const note = (failure: Failure) => troubles.push(refusal(failure));
  const nextOpened = period.nextOpened || (await attempt(() => openNext(services, account, period), false, note));
  const meters = await attempt(() => pushAndConfirm(services, account, period, frozen), 'waiting', note);
  return { frozen, nextOpened, meters, trouble: troubles[0] };
}

/**
 * Completes a run under the period's lease.
 * @param gate `shut`: the invoice is still held for the sake of what this period waits for
 */
export async function writeClosing(
  services: Pick<ClosePeriodDependencies, 'table' | 'clock'>,
  period: ClosingPeriod,
  closing: Closing,
  gate: 'open' | 'shut',
): Promise<void> {
  const { nextOpened, meters } = closing;
  const now = services.clock();
  const isUnsettled = meters === 'differ' && now >= period.end + SUMMARIES_SETTLE_WITHIN;
  const isMoved = !nextOpened && now >= period.end + NEXT_BEGINS_WITHIN;
  const trouble =
    closing.trouble ??
    (isUnsettled ? { code: 'summaries-differ', detail: {} } : undefined) ??
    (isMoved ? { code: 'period-moved', detail: { subscription: period.subscription } } : undefined);
  const waits = meters === 'waiting' || (meters === 'differ' && !isUnsettled);
  if (gate === 'shut' || waits || !nextOpened) {
    const at = retryAt(period.failures + 1, now, period.end);
    await reschedule(services, period, at, trouble, { nextOpened });
    return;
  }
  const at = Math.max(period.end + RECONCILE_AFTER, now + FINAL_WITHIN);
  await reschedule(services, period, at, trouble, { nextOpened, failures: 0, state: 'confirmed' });
}

/** `undefined`: another run has taken the period over. */
async function freeze(
  services: ClosePeriodDependencies,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<FrozenPeriod | undefined> {
  const rated = await rateBilled(services, account, period, { consistent: true, itemised: true });
  await pointAtLeftOut(services, period.account, rated);
  const manifest = manifestOf(rated.records.map(({ record }) => record));
  const place = { account: period.account, start: printInstant(period.start) };
  const frozen: FrozenPeriod = {
    at: services.clock(),
    timezone: account.timezone,
    targets: Object.fromEntries(rated.targets),
    records: manifest.records.length,
    manifest: await keepManifest(services.manifests, place, manifest),
    digest: manifest.digest,
  };
  const set = { frozen: z.encode(FrozenPeriod, frozen) };
  return (await write(services, period, { set })) ? frozen : undefined;
}

/** For a period that is not to be frozen yet: the next one is opened all the same. `false`: it has not begun yet. */
export async function openBehind(services: ClosePeriodDependencies, period: ClosingPeriod): Promise<boolean> {
  const account = await findAccount(services.table, period.account);
  if (account === undefined) throw new Error('A period without its account.');
  return period.nextOpened || openNext(services, account, period);
}

/** `false`: the provider has not begun the next period yet. */
async function openNext(
  services: ClosePeriodDependencies,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<boolean> {
  const begun = period.next ?? (await periodBegun(services, period));
  if (begun === 'none') return true;
  if (begun.start < period.end) return false;
  const regular = regularPeriod(period.end, { day: account.billingDay, hour: services.billingHour });
  // It may not have been looked at for months: then the periods in between come first, each with its own end long past.
  const next = begun.start < regular.end ? { ...regular, end: begun.end } : regular;
  await openPeriod(services.table, {
    account: period.account,
    ...next,
    billedFrom: Math.max(next.start, period.end),
    subscription: period.subscription,
  });
  return true;
}

/** What the subscription says. */
async function periodBegun(
  { subscriptions }: ClosePeriodDependencies,
  { subscription }: ClosingPeriod,
): Promise<Period | 'none'> {
  const { status, period } = await subscriptions.read(subscription);
  return status === 'expired' || status === 'ended' ? 'none' : period;
}

async function pushAndConfirm(
  services: ClosePeriodDependencies,
  account: AccountItem,
  period: ClosingPeriod,
  frozen: FrozenPeriod,
): Promise<Meters> {
  const before = await positionsOf(services.table, period.account, period.start);
  const targets = new Map(Object.entries(frozen.targets));
  const pushed = await pushTargets(services, account, period, targets, before);
  if ([...pushed.values()].includes('waiting')) return 'waiting';
  const positions = [...(await positionsOf(services.table, period.account, period.start)).values()];
  const moving = positions.filter(({ stuck }) => stuck === undefined);
  if (!(await confirmAll(services, moving))) return 'differ';
  return moving.length < positions.length ? 'stuck' : 'agree';
}

async function confirmAll(services: ClosePeriodDependencies, positions: readonly Position[]): Promise<boolean> {
  let all = true;
  for (const position of positions) {
    if ((await confirm(services, position)) === 'lags') all = false;
  }
  return all;
}

function write(services: ClosePeriodDependencies, period: ClosingPeriod, change: Change): Promise<boolean> {
  return services.table.update(periodKey(period.account, period.start), change, underLease(period));
}

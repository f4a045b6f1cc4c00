import * as z from 'zod';
import { findAccount } from '#shared/accounts/account-book.ts';
import type { AccountItem } from '#shared/accounts/account-item.ts';
import { regularPeriod } from '#shared/accounts/billing-day.ts';
import type { Subscriptions } from '#shared/accounts/collector.ts';
import { openPeriod, periodKey } from '#shared/accounts/period-item.ts';
import { caseItem } from '#shared/platform/case.ts';
import { isTaken, underLease, wakesAt } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { HOUR, printInstant } from '#shared/platform/instant.ts';
import type { Change, Key } from '#shared/platform/table.ts';
import { confirm } from './confirm.ts';
import type { FinalInvoices } from './final-invoice.ts';
import { keepManifest, type ManifestStore, manifestOf } from './manifest.ts';
import { ClosingPeriod, FrozenPeriod } from './period-closing.ts';
import { type Position, positionsOf } from './position.ts';
import { type AccountMetering, pointAtLeftOut, pushTargets, rateBilled } from './push-account.ts';
import { putOff } from './put-off.ts';
import { reconcile } from './reconcile.ts';
import { retryAt } from './retry-at.ts';

export interface PeriodClosing extends AccountMetering {
  readonly subscriptions: Pick<Subscriptions, 'read'>;
  readonly invoices: FinalInvoices;
  readonly manifests: ManifestStore;
  /** Hour of the day (UTC) at which periods begin. */
  readonly billingHour: number;
}

// A period from its end on; every arrow is a run under the item's lease, repeated with back-off until it is through.
//
//   open ──(end + 5 min)──▶ rate with consistent reads ──▶ manifest kept ──▶ frozen: targets, manifest   (one write)
//        ──▶ next period opened as the subscription says
//        ──▶ every target pushed ──▶ every position confirmed by the meter's summary ──▶ confirmed
//   confirmed ──(end + 2 h)──▶ invoice final ──▶ four numbers compared ──▶ closed, with a case where they differ
//
// - Died before `frozen`: rated anew. Died after: the same targets, so late records never move a closed period.
// - Meters and invoices may be out of reach for days; the next period does not wait for them.

/** The invoice is final an hour after the period's end at the earliest. */
const RECONCILE_AFTER = 2 * HOUR;
/** From then on a summary that still differs is a case, and the invoice is compared all the same. */
const SUMMARIES_SETTLE_WITHIN = 6 * HOUR;

/** Handles a poke of kind `period`. What the collector refuses for good is a case, and is tried again all the same. */
export async function closePeriod(services: PeriodClosing, key: Key): Promise<void> {
  const period = await services.table.get(key, ClosingPeriod);
  if (period === undefined || !isTaken(period) || period.state === 'closed') return;
  try {
    await (period.state === 'confirmed' ? reconcile(services, period) : close(services, period));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const at = retryAt(period.failures + 1, services.clock(), period.end);
    await putOff(services, period, at, { code: 'closing-refused', detail: { failure: error.code } });
  }
}

async function close(services: PeriodClosing, period: ClosingPeriod): Promise<void> {
  const account = await findAccount(services.table, period.account);
  if (account === undefined) throw new Error('A period without its account.');
  const frozen = period.frozen ?? (await freeze(services, account, period));
  if (frozen === undefined) return;

  const nextOpened = period.nextOpened || (await attempt(() => openNext(services, account, period), false));
  const bill = await attempt(() => pushAndConfirm(services, account, period, frozen), 'unfinished');
  await writeOutcome(services, period, nextOpened, bill);
}

/** `undefined`: another run has taken the period over. */
async function freeze(
  services: PeriodClosing,
  account: AccountItem,
  period: ClosingPeriod,
): Promise<FrozenPeriod | undefined> {
  const rated = await rateBilled(services, account, period, { consistent: true, itemised: true });
  await pointAtLeftOut(services, period.account, rated);
  const manifest = manifestOf(rated.records.map(({ record }) => record));
  const place = { account: period.account, start: printInstant(period.start) };
  const frozen: FrozenPeriod = {
    at: services.clock(),
    targets: Object.fromEntries(rated.targets),
    records: manifest.records.length,
    manifest: await keepManifest(services.manifests, place, manifest),
    digest: manifest.digest,
  };
  const set = { frozen: z.encode(FrozenPeriod, frozen) };
  return (await write(services, period, { set })) ? frozen : undefined;
}

/** `false`: the collector has not begun the next period yet. */
async function openNext(services: PeriodClosing, account: AccountItem, period: ClosingPeriod): Promise<boolean> {
  const subscription = await services.subscriptions.read(period.subscription);
  if (subscription.status === 'expired' || subscription.status === 'ended') return true;
  if (subscription.period.start < period.end) return false;
  const regular = regularPeriod(period.end, { day: account.billingDay, hour: services.billingHour });
  // Nobody may have looked for months: then the periods in between come first, each with its own end long past.
  const next = subscription.period.start < regular.end ? { ...regular, end: subscription.period.end } : regular;
  await openPeriod(services.table, {
    account: period.account,
    ...next,
    billedFrom: Math.max(next.start, period.end),
    subscription: period.subscription,
  });
  return true;
}

type Billing = 'finished' | 'unfinished' | 'summaries-differ';

async function pushAndConfirm(
  services: PeriodClosing,
  account: AccountItem,
  period: ClosingPeriod,
  frozen: FrozenPeriod,
): Promise<Billing> {
  const before = await positionsOf(services.table, period.account, period.start);
  const targets = new Map(Object.entries(frozen.targets));
  const pushed = await pushTargets(services, account, period, targets, before);
  if ([...pushed.values()].includes('waiting')) return 'unfinished';
  const positions = await positionsOf(services.table, period.account, period.start);
  const confirmed = await confirmAll(services, [...positions.values()]);
  if (confirmed) return 'finished';
  return services.clock() >= period.end + SUMMARIES_SETTLE_WITHIN ? 'summaries-differ' : 'unfinished';
}

/** Those that a case holds up are left to it. */
async function confirmAll(services: PeriodClosing, positions: readonly Position[]): Promise<boolean> {
  let all = true;
  for (const position of positions) {
    if (position.stuck === undefined && (await confirm(services, position)) === 'lags') all = false;
  }
  return all;
}

async function writeOutcome(
  services: PeriodClosing,
  period: ClosingPeriod,
  nextOpened: boolean,
  billing: Billing,
): Promise<void> {
  const now = services.clock();
  const key = periodKey(period.account, period.start);
  if (!nextOpened || billing === 'unfinished') {
    const failures = period.failures + 1;
    await write(services, period, {
      set: { nextOpened, failures, ...wakesAt(key, retryAt(failures, now, period.end)) },
    });
    return;
  }
  const reconcileAt = Math.max(period.end + RECONCILE_AFTER, now);
  const set = { nextOpened, failures: 0, state: 'confirmed', ...wakesAt(key, reconcileAt) };
  if (billing === 'finished') await write(services, period, { set });
  else {
    const opened = caseItem({ code: 'summaries-differ', subject: key, openedAt: now, detail: {} });
    await services.table.transact([{ update: key, change: { set }, condition: underLease(period) }, { put: opened }]);
  }
}

function write(services: PeriodClosing, period: ClosingPeriod, change: Change): Promise<boolean> {
  return services.table.update(periodKey(period.account, period.start), change, underLease(period));
}

/** What cannot be reached now is tried again with the next run. */
async function attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && error.retryable) return otherwise;
    throw error;
  }
}

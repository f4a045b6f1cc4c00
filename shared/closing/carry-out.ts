import * as z from 'zod';
import { openPeriod } from '#shared/accounts/period-item.ts';
import type { Subscriptions } from '#shared/accounts/provisioning/billing-provider.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { type ClosingPeriod, FrozenPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import type { DueRun } from '#shared/platform/due-work.ts';
import { Failure } from '#shared/platform/failure.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { aloneIfLarge } from '#shared/rating/alone-if-large.ts';
import { PeriodTooLarge } from '#shared/rating/period-too-large.ts';
import type { ClosingFacts } from './closing-facts.ts';
import { type CompareInvoiceDependencies, compareInvoice, orderBill } from './compare-invoice.ts';
import { customiseInvoice } from './customise-invoice.ts';
import type { ClosingAction } from './decide-closing.ts';
import { type FreezeDependencies, freeze } from './freeze.ts';
import type { DraftChange, InvoiceDrafts } from './invoice-drafts.ts';
import { nextPeriod } from './next-period.ts';
import { placeAdjustments } from './place-adjustments.ts';
import { confirmAll, push } from './settle-meters.ts';
import { silentSources } from './silent-sources.ts';

export interface ClosePeriodDependencies extends FreezeDependencies, CompareInvoiceDependencies {
  readonly subscriptions: Pick<Subscriptions, 'read'>;
  readonly drafts: InvoiceDrafts;
  /** Hour of the day (UTC) at which periods begin. */
  readonly billingHour: number;
}

/** One run on a period under its lease. */
export interface ClosingRun {
  readonly due: DueRun<ClosingPeriod>;
  /** As it is after the run's actions, written or not. */
  readonly period: ClosingPeriod;
  readonly facts: ClosingFacts;
  readonly account: () => Promise<AccountItem>;
}

/**
 * Carries out one action and notes what came of it. `over`: it completed the run.
 * @param lookAt when the period is looked at again, for actions that complete the run
 */
export async function carryOut(
  services: ClosePeriodDependencies,
  run: ClosingRun,
  action: ClosingAction,
  lookAt: Instant | undefined,
): Promise<ClosingRun | 'over'> {
  const { due, period } = run;
  switch (action.do) {
    case 'look':
      return look(services, run, action.at);
    case 'freeze': {
      const frozen = await freezeIfItFits(services, run);
      if (!('at' in frozen)) return { ...run, facts: { ...run.facts, tooLarge: frozen } };
      await due.note({ set: { frozen: z.encode(FrozenPeriod, frozen) } });
      return { ...run, period: { ...period, frozen } };
    }
    case 'open-next': {
      const anchor = { day: (await run.account()).billingDay, hour: services.billingHour };
      const { account, subscription } = period;
      await openPeriod(services.table, { account, subscription, ...nextPeriod(period, action.current, anchor) });
      return { ...run, period: { ...period, nextOpened: true } };
    }
    case 'expect-none':
      return { ...run, period: { ...period, nextOpened: true } };
    case 'push':
      return noting(run, async () => ({ meters: await push(services, await run.account(), period) }), {
        meters: 'out-of-reach',
      });
    case 'confirm':
      return noting(run, async () => ({ meters: await confirmAll(services, period) }), { meters: 'out-of-reach' });
    case 'place-adjustments':
      return noting(run, async () => ({ adjustments: await placeAdjustments(services, run, action.draft) }), {
        adjustments: 'out-of-reach',
      });
    case 'hold':
      return noting(run, async () => gateAfter('held', await hold(services, run, action.draft)), {
        gate: 'out-of-reach',
      });
    case 'release':
      return noting(run, async () => gateAfter('passed', await release(services, run, action)), {
        gate: 'out-of-reach',
      });
    case 'open-incident': {
      const { code, detail } = action;
      const incidents = [...period.incidents, code];
      await due.note({ trouble: { code, detail }, set: { incidents } });
      return { ...run, period: { ...period, incidents } };
    }
    case 'wait-for-room': {
      const { code, detail } = action;
      await due.putOff({ trouble: { code, detail }, set: { nextOpened: period.nextOpened } }, lookAt);
      return 'over';
    }
    case 'order-bill':
      await orderBill(services, period, action.comparison);
      return { ...run, facts: { ...run.facts, isBillOrdered: true } };
    case 'await-invoice':
      await due.finish({ set: { state: 'confirmed', nextOpened: period.nextOpened } }, lookAt);
      return 'over';
    case 'close':
      await due.finish({ set: { state: 'closed', invoice: action.invoice } });
      return 'over';
    default:
      return action satisfies never;
  }
}

/** What the period was frozen with, or the most records that are rated at once: it has more. */
async function freezeIfItFits(
  services: ClosePeriodDependencies,
  run: ClosingRun,
): Promise<FrozenPeriod | { readonly most: string }> {
  try {
    const account = await run.account();
    return await aloneIfLarge(services.mostRecords, mostRecords =>
      freeze({ ...services, mostRecords }, account, run.period),
    );
  } catch (error) {
    if (!(error instanceof PeriodTooLarge)) throw error;
    return { most: error.facts.most ?? '' };
  }
}

function look(
  services: ClosePeriodDependencies,
  run: ClosingRun,
  at: Extract<ClosingAction, { do: 'look' }>['at'],
): Promise<ClosingRun> {
  const { period } = run;
  switch (at) {
    case 'sources':
      return noting(run, async () => ({ silent: await silentSources(services, period) }));
    case 'subscription':
      return noting(run, async () => ({ current: await currentPeriod(services, period) }), { current: 'out-of-reach' });
    case 'draft': {
      const find = async () => ({
        draft: (await services.drafts.find(period.subscription, period)) ?? ('none' as const),
      });
      return noting(run, find, { draft: 'out-of-reach' });
    }
    case 'invoice':
      return noting(run, async () => ({ comparison: await compareInvoice(services, period) }), {
        comparison: 'out-of-reach',
      });
    default:
      return at satisfies never;
  }
}

/**
 * Notes what `work` found out. Where it fails, `otherwise`; what will not pass by itself is noted too.
 * @throws Failure where there is no `otherwise`
 */
async function noting(
  run: ClosingRun,
  work: () => Promise<ClosingFacts>,
  otherwise?: ClosingFacts,
): Promise<ClosingRun> {
  const { facts } = run;
  try {
    return { ...run, facts: { ...facts, ...(await work()) } };
  } catch (error) {
    if (!(error instanceof Failure) || otherwise === undefined) throw error;
    const refused = facts.refused ?? (error.retryable ? undefined : error.code);
    return { ...run, facts: { ...facts, ...otherwise, ...(refused !== undefined && { refused }) } };
  }
}

async function currentPeriod({ subscriptions }: ClosePeriodDependencies, { subscription }: ClosingPeriod) {
  const { status, period } = await subscriptions.read(subscription);
  return status === 'expired' || status === 'ended' ? 'none' : period;
}

function gateAfter(done: 'held' | 'passed', change: DraftChange): ClosingFacts {
  return { gate: change === 'done' ? done : 'passed' };
}

async function hold({ drafts }: ClosePeriodDependencies, run: ClosingRun, draft: string): Promise<DraftChange> {
  return drafts.hold(draft, await customisation(run), identity(run, draft, 'hold'));
}

async function release(
  { drafts }: ClosePeriodDependencies,
  run: ClosingRun,
  { draft, at }: Extract<ClosingAction, { do: 'release' }>,
): Promise<DraftChange> {
  return drafts.release(draft, await customisation(run), at, identity(run, draft, `release:${at / SECOND}`));
}

async function customisation({ account, period }: ClosingRun) {
  const billed = { start: period.billedFrom, end: period.end };
  return customiseInvoice({ account: await account(), start: period.start, billed, frozen: period.frozen });
}

/**
 * Another one in each run: the provider keeps a failure under its identity, and would go on repeating it. `step` tells
 * what differs between two runs under one lease, because the provider refuses one identity for two different calls.
 */
function identity({ period }: ClosingRun, draft: string, step: string): string {
  return `gate:${draft}:${step}:${period.lease}`;
}

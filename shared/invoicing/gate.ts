import { findAccount } from '#shared/accounts/account-book.ts';
import { type Closing, isThrough } from '#shared/metering/close-period.ts';
import type { ClosingPeriod, FrozenPeriod } from '#shared/metering/period-closing.ts';
import { noteTrouble } from '#shared/metering/reschedule.ts';
import { retryAt } from '#shared/metering/retry-at.ts';
import { LEASE_TIME } from '#shared/platform/due.ts';
import { type Clock, HOUR, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { ClosingDraft, ClosingDrafts } from './closing-drafts.ts';
import { type Customisation, customiseInvoice } from './customise-invoice.ts';

export interface Gate {
  readonly table: Table;
  readonly clock: Clock;
  readonly drafts: ClosingDrafts;
}

/** Then the gate opens whatever is missing. Below the account's grace period at the provider, which is to be a day. */
export const HELD_AT_MOST = 20 * HOUR;

/**
 * Lets the draft through that closes the period, or keeps it waiting. There is nothing at the gate where the provider
 * needs no invoice or has made it final already. Safe to repeat: what was done is seen on the draft.
 * Returns `open` when nothing is held.
 */
export async function passGate(gate: Gate, period: ClosingPeriod, closing: Closing): Promise<'open' | 'shut'> {
  if (isThrough(closing)) {
    const draft = period.draft ?? (await findDraft(gate, period))?.id;
    if (draft !== undefined) await letThrough(gate, period, closing.frozen, draft);
    return 'open';
  }
  const draft = await findDraft(gate, period);
  if (draft === undefined) return 'open';
  if (gate.clock() < period.end + HELD_AT_MOST || wasAway(period, gate.clock())) {
    await keepWaiting(gate, period, closing.frozen, draft);
    return 'shut';
  }
  const detail = { invoice: draft.id, meters: closing.meters };
  if (!(await noteTrouble(gate, period, { code: 'gate-deadline', detail }))) return 'shut';
  await letThrough(gate, period, closing.frozen, draft.id);
  return 'open';
}

/** For a period that is not to be frozen yet: its draft is kept waiting, if there is one. */
export async function holdBack(gate: Gate, period: ClosingPeriod): Promise<void> {
  const draft = await findDraft(gate, period);
  if (draft !== undefined) await keepWaiting(gate, period, undefined, draft);
}

function findDraft({ drafts }: Gate, period: ClosingPeriod): Promise<ClosingDraft | undefined> {
  return drafts.find(period.subscription, period);
}

/** A run that comes later than this after its moment is the first one after an outage. */
const AWAY = HOUR;

/**
 * Nobody has worked for a while, so what is missing may not have been tried either: its own due items come back in the
 * same minute as this one, in no order. The deadline counts from the next run on.
 */
export function wasAway({ dueSince }: ClosingPeriod, now: Instant): boolean {
  return dueSince !== undefined && Date.parse(dueSince) + AWAY < now;
}

/** For an invoice that is not final although its period is confirmed: its draft was made late, or stopped by somebody. */
export async function passLate(gate: Gate, period: ClosingPeriod): Promise<void> {
  const draft = await findDraft(gate, period);
  if (draft !== undefined && period.frozen !== undefined) await letThrough(gate, period, period.frozen, draft.id);
}

/** The provider finalises an hour at the earliest after everybody has heard of the draft. */
const SHORTEST_GRACE = HOUR;

/** Held only if it would be final before the next run has had its turn: then it is not left to us longer than needed. */
async function keepWaiting(
  gate: Gate,
  period: ClosingPeriod,
  frozen: FrozenPeriod | undefined,
  draft: ClosingDraft,
): Promise<void> {
  if (draft.isHeld) return;
  const now = gate.clock();
  const nextRun = retryAt(period.failures + 1, now, period.end);
  if ((draft.finalisesAt ?? now + SHORTEST_GRACE) > nextRun + 2 * LEASE_TIME) return;
  await gate.drafts.hold(draft.id, await customisation(gate, period, frozen), identity(period, draft.id, 'hold'));
}

/** The provider takes moments ahead only, and its clock and the call's way there are not ours. */
const FINAL_IN = 5 * MINUTE;

async function letThrough(gate: Gate, period: ClosingPeriod, frozen: FrozenPeriod, draft: string): Promise<void> {
  const texts = await customisation(gate, period, frozen);
  const second = Math.ceil((gate.clock() + FINAL_IN) / SECOND);
  await gate.drafts.release(draft, texts, second * SECOND, identity(period, draft, `release:${second}`));
}

async function customisation(
  gate: Gate,
  period: ClosingPeriod,
  frozen: FrozenPeriod | undefined,
): Promise<Customisation> {
  const account = await findAccount(gate.table, period.account);
  if (account === undefined) throw new Error('A period without its account.');
  const billed = { start: period.billedFrom, end: period.end };
  return customiseInvoice({ account, start: period.start, billed, frozen });
}

/**
 * Another one in each run: the provider keeps a failure under its identity, and would go on repeating it. `step` tells
 * what differs between two runs under one lease, because the provider refuses one identity for two different calls.
 */
function identity(period: ClosingPeriod, draft: string, step: string): string {
  return `gate:${draft}:${step}:${period.lease}`;
}

import type { Table } from '#shared/platform/table.ts';
import {
  Adjustment,
  type AdjustmentKind,
  adjustmentKey,
  adjustmentRange,
  InstalmentPlan,
  newestFirst,
  Pending,
  partId,
  planKey,
  planRange,
} from './adjustment.ts';

/** Charges or credits of an account, newest first. Strongly consistent. */
export async function adjustmentsOf(table: Table, account: string, kind: AdjustmentKind): Promise<Adjustment[]> {
  const all = await Array.fromAsync(table.query(adjustmentRange(account, 'all'), Adjustment));
  return all.filter(adjustment => adjustment.kind === kind).sort(newestFirst);
}

/** `undefined`: the account has none of this kind and id. */
export async function findAdjustment(
  table: Table,
  account: string,
  kind: AdjustmentKind,
  id: string,
): Promise<Adjustment | undefined> {
  const found = await table.get(adjustmentKey({ account, id }), Adjustment);
  return found?.kind === kind ? found : undefined;
}

/** Those that are neither billed nor cancelled, the oldest first. */
export async function pendingAdjustments(table: Table, account: string): Promise<Adjustment[]> {
  const pending = await Array.fromAsync(table.query(adjustmentRange(account, 'pending'), Pending));
  const found = await Promise.all(pending.map(({ id }) => table.get(adjustmentKey({ account, id }), Adjustment)));
  return found
    .filter(adjustment => adjustment !== undefined)
    .sort((a, b) => a.from - b.from || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** A plan with what has become of its parts, in their order. */
export interface PlanWithParts {
  readonly plan: InstalmentPlan;
  readonly parts: readonly Adjustment[];
}

/** Newest first. */
export async function plansOf(table: Table, account: string): Promise<PlanWithParts[]> {
  const plans = await Array.fromAsync(table.query(planRange(account), InstalmentPlan));
  const parts = await adjustmentsOf(table, account, 'instalment');
  return plans.sort(newestFirst).map(plan => ({ plan, parts: inOrder(parts, plan.id) }));
}

/** `undefined`: the account has no such plan. */
export async function findPlan(table: Table, account: string, id: string): Promise<PlanWithParts | undefined> {
  const plan = await table.get(planKey({ account, id }), InstalmentPlan);
  if (plan === undefined) return undefined;
  return { plan, parts: inOrder(await adjustmentsOf(table, account, 'instalment'), id) };
}

function inOrder(parts: readonly Adjustment[], plan: string): Adjustment[] {
  return parts.filter(({ part }) => part?.plan === plan).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The part that holds what a settled plan still had. */
export function restId({ id, months }: Pick<InstalmentPlan, 'id' | 'months'>): string {
  return partId(id, months + 1);
}

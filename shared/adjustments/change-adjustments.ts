import { Conflict } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Condition, Table, Write } from '#shared/platform/table.ts';
import { waitingWrites } from './add-adjustments.ts';
import { type Adjustment, adjustmentKey, pendingKey } from './adjustment.ts';
import { type PlanWithParts, restId } from './read-adjustments.ts';

/** Takes it back; one that is cancelled stays so. @throws Conflict `already-placed`: it is on an invoice */
export async function cancelAdjustment(table: Table, adjustment: Adjustment): Promise<void> {
  if (adjustment.state === 'cancelled') return;
  if (await table.transact(cancelWrites(adjustment))) return;
  throw alreadyPlaced();
}

/** Takes all parts back. @throws Conflict `already-placed`: one of them is on an invoice */
export async function cancelPlan(table: Table, { parts }: PlanWithParts): Promise<void> {
  const left = parts.filter(({ state }) => state !== 'cancelled');
  if (left.length === 0) return;
  const isUntouched = left.every(({ state }) => state === 'waiting');
  if (isUntouched && (await table.transact(left.flatMap(cancelWrites)))) return;
  throw alreadyPlaced();
}

/**
 * Puts what is left of a plan on the next bill, as one line.
 * @throws Conflict `nothing-to-settle`, `already-placed`: a part went onto an invoice meanwhile
 */
export async function settlePlan(table: Table, { plan, parts }: PlanWithParts, now: Instant): Promise<void> {
  const left = parts.filter(({ state }) => state === 'waiting');
  const [first] = left;
  if (first?.part === undefined) {
    throw new Conflict('nothing-to-settle', 'Every part of the plan is on a bill, or cancelled.');
  }
  // What was settled stays settled.
  if (first.id === restId(plan)) return;
  const rest: Adjustment = {
    ...first,
    id: restId(plan),
    amount: left.reduce((sum, { amount }) => sum + amount, 0n),
    createdAt: now,
    from: now,
    part: { plan: plan.id, n: first.part.n, to: plan.months, of: plan.months },
  };
  if (!(await table.transact([...left.flatMap(cancelWrites), ...waitingWrites(rest)]))) throw alreadyPlaced();
}

function cancelWrites(adjustment: Adjustment): Write[] {
  return [
    { update: adjustmentKey(adjustment), change: { set: { state: 'cancelled' } }, condition: isIn('waiting') },
    { delete: pendingKey(adjustment) },
  ];
}

/** It goes onto the draft of this invoice; for the write under the lease of the period. */
export function placeWrite(adjustment: Adjustment, invoice: string): Write {
  const { state, invoice: before } = adjustment;
  const change = { set: { state: 'placed', invoice } };
  return { update: adjustmentKey(adjustment), change, condition: isIn(state, before) };
}

/**
 * Notes what of the placed ones is on the final invoice; the others wait for the next one. Safe to repeat.
 * @param onInvoice their ids
 */
export async function settlePlaced(
  table: Table,
  placed: readonly Adjustment[],
  invoice: string,
  onInvoice: ReadonlySet<string>,
): Promise<void> {
  for (const adjustment of placed) {
    if (adjustment.invoice !== invoice) continue;
    const condition = isIn('placed', invoice);
    const key = adjustmentKey(adjustment);
    if (!onInvoice.has(adjustment.id)) {
      await table.update(key, { set: { state: 'waiting', invoice: undefined } }, condition);
      continue;
    }
    const billed = { update: key, change: { set: { state: 'billed' } }, condition };
    await table.transact([billed, { delete: pendingKey(adjustment) }]);
  }
}

function isIn(state: Adjustment['state'], invoice?: string): Condition {
  if (invoice === undefined) return { expression: '#s = :s', names: { '#s': 'state' }, values: { ':s': state } };
  return {
    expression: '#s = :s AND #i = :i',
    names: { '#s': 'state', '#i': 'invoice' },
    values: { ':s': state, ':i': invoice },
  };
}

function alreadyPlaced(): Conflict {
  return new Conflict('already-placed', 'It is on an invoice. A credit gives the amount back on the next bill.');
}

import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { StoredInteger } from '#shared/platform/stored-integer.ts';
import type { Item, Key } from '#shared/platform/table.ts';

export const ADJUSTMENT_KINDS = ['charge', 'credit', 'instalment', 'late'] as const;
export type AdjustmentKind = (typeof ADJUSTMENT_KINDS)[number];

/** Sections of a bill that an adjustment may stand in. */
export const ADJUSTMENT_SECTIONS = ['calls', 'data', 'roaming', 'devices', 'one-off', 'credits'] as const;

/**
 * An amount that a person puts on a bill beside fees and usage: a charge, a credit, or a part of an instalment plan
 * (contract section 10). Or that Dunlin does itself, for usage that came after its period was billed (`late`).
 *
 *   waiting ──(a period ends: the draft of its invoice is at hand)──▶ placed ──(its bill is issued)──▶ billed
 *      ▲  └──(a person)──▶ cancelled                                     │
 *      └──────────(the invoice became final without it, or is gone)──────┘
 */
export const Adjustment = z.object({
  account: z.string(),
  id: z.string(),
  kind: z.enum(ADJUSTMENT_KINDS),
  label: z.string(),
  section: z.enum(ADJUSTMENT_SECTIONS),
  /** Whole minor units as they are invoiced: below zero for a credit, or for usage that was voided. */
  amount: StoredInteger,
  currency: z.string(),
  createdAt: StoredInstant,
  /** It belongs on the first bill whose period ends at this moment or later. */
  from: StoredInstant,
  state: z.enum(['waiting', 'placed', 'billed', 'cancelled']),
  /** The provider's, once it is placed. */
  invoice: z.string().optional(),
  /** Of an instalment plan: instalments `n` to `to` of `of`; `to` above `n` where the rest was settled at once. */
  part: z.object({ plan: z.string(), n: z.int(), to: z.int(), of: z.int() }).optional(),
});
export type Adjustment = z.output<typeof Adjustment>;

const PREFIX = 'adjustment#';
const PENDING_PREFIX = 'adjustment-pending#';

export function adjustmentKey({ account, id }: Pick<Adjustment, 'account' | 'id'>): Key {
  return { pk: `account#${account}`, sk: `${PREFIX}${id}` };
}

/** Stands beside an adjustment that is neither billed nor cancelled, so that the end of a period reads no old ones. */
export function pendingKey({ account, id }: Pick<Adjustment, 'account' | 'id'>): Key {
  return { pk: `account#${account}`, sk: `${PENDING_PREFIX}${id}` };
}

export const Pending = z.object({ id: z.string() });

export function adjustmentItem(adjustment: Adjustment): Item {
  return { ...adjustmentKey(adjustment), ...z.encode(Adjustment, adjustment) };
}

export function adjustmentRange(account: string, of: 'all' | 'pending') {
  return { pk: `account#${account}`, beginsWith: of === 'all' ? PREFIX : PENDING_PREFIX, consistent: true };
}

/** Parts of one plan stand in the order of their numbers. */
export function partId(plan: string, n: number): string {
  return `${plan}-${String(n).padStart(2, '0')}`;
}

/** An agreement to pay a total in equal parts, one on each bill. Its parts are adjustments. */
export const InstalmentPlan = z.object({
  account: z.string(),
  id: z.string(),
  label: z.string(),
  section: z.enum(ADJUSTMENT_SECTIONS),
  /** Whole minor units. */
  total: StoredInteger,
  currency: z.string(),
  months: z.int(),
  /** Day of the first part, `YYYY-MM-DD`. */
  firstOn: z.string(),
  createdAt: StoredInstant,
});
export type InstalmentPlan = z.output<typeof InstalmentPlan>;

const PLAN_PREFIX = 'instalment-plan#';

export function planKey({ account, id }: Pick<InstalmentPlan, 'account' | 'id'>): Key {
  return { pk: `account#${account}`, sk: `${PLAN_PREFIX}${id}` };
}

export function planRange(account: string) {
  return { pk: `account#${account}`, beginsWith: PLAN_PREFIX, consistent: true };
}

/** Newest first; what came at once, by id. */
export function newestFirst(
  a: { readonly createdAt: Instant; readonly id: string },
  b: { readonly createdAt: Instant; readonly id: string },
): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
}

import * as z from 'zod';
import { DueFields } from '#shared/platform/due.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import type { LineHistory } from '../account.ts';

/**
 * `account#<a>` / `line#<l>`: a subscriber line with its history. It is a due item of kind `line` while the provider
 * does not bill it as it should.
 */
export const SubscriberLine = DueFields.extend({
  kind: z.literal('line'),
  account: z.string(),
  line: z.string(),
  msisdn: z.string(),
  imsi: z.string().optional(),
  iccid: z.string().optional(),
  /** In the order in which they were taken; those that ended stay. */
  addOns: z.array(z.object({ addOn: z.string(), from: StoredInstant, until: StoredInstant.optional() })),
  state: z.enum(['active', 'pending', 'suspended', 'ended']),
  from: StoredInstant,
  /** In order, without overlap; the last one is in force. */
  plans: z.array(z.object({ plan: z.string(), from: StoredInstant, until: StoredInstant.optional() })),
  names: z.array(z.object({ name: z.string(), from: StoredInstant, until: StoredInstant.optional() })),
  /** The line's place among all that the account ever had: they reach the provider in this order. */
  place: z.int().nonnegative(),
  /** The provider's quantities contain it. */
  billed: z.boolean(),
  /** Of a pending line: what it waits for, where it is not a person. */
  waitsFor: z.enum(['first-payment', 'subscription-ended']).optional(),
  /** Code of what the provider refuses it for good: a case is open. */
  refusedFor: z.string().optional(),
  /** What its service is restricted for: `<dunning case>:<step>`. Absent: it is not, or a person did it. */
  restrictedBy: z.string().optional(),
});
export type SubscriberLine = z.output<typeof SubscriberLine>;

export const LINE_PREFIX = 'line#';

export function lineKey(account: string, line: string): Key {
  return { pk: `account#${account}`, sk: `${LINE_PREFIX}${line}` };
}

export function lineHistory(item: SubscriberLine): LineHistory {
  return { line: item.line, plans: item.plans, names: item.names, addOns: item.addOns };
}

/** Those that it has. */
export function openAddOns({ addOns }: Pick<SubscriberLine, 'addOns'>): string[] {
  return addOns.flatMap(({ addOn, until }) => (until === undefined ? [addOn] : []));
}

/** The plan in force, or the last one of a line that has ended. */
export function planOf(item: SubscriberLine): string {
  const last = item.plans.at(-1);
  if (last === undefined) throw new RangeError(`Line ${item.line} never had a plan`);
  return last.plan;
}

import * as z from 'zod';
import { Attempt } from '#shared/accounts/provisioning/attempt.ts';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

/** Whole minor units. */
const Minor = z.codec(z.string().regex(/^-?\d+$/), z.bigint(), {
  decode: text => BigInt(text),
  encode: value => value.toString(),
});

/** A step has up to three parts, each taken once per case; a message again for a newer invoice that it did not name. */
export const PARTS = ['message', 'service', 'end'] as const;
export type PartKind = (typeof PARTS)[number];

const TakenPart = z.object({ step: z.string(), part: z.enum(PARTS), at: StoredInstant });
export type TakenPart = z.output<typeof TakenPart>;

/** A message of the case on one channel. */
const Notice = z.object({
  message: z.string(),
  step: z.string(),
  orderedAt: StoredInstant,
  /** Only what was delivered is a notice before the law. */
  deliveredAt: StoredInstant.optional(),
});
export type Notice = z.output<typeof Notice>;

/** What is owed on an invoice, as it was last read. */
export const OwedInvoice = z.object({
  invoice: z.string(),
  number: z.string(),
  amount: Minor,
  /** What had been paid on it by then; absent: read before this was kept. */
  paid: Minor.optional(),
  /** Sent: the end of its due day. Charged automatically: the first failed attempt. Does not change while it is owed. */
  dueAt: StoredInstant,
  /** Sent: a moment of the due day, as messages name it. Absent: that of `dueAt`. */
  dueOn: StoredInstant.optional(),
});
export type OwedInvoice = z.output<typeof OwedInvoice>;

/** Why something that was written down could not be sent yet, and when it is sent again. */
const SendTrouble = z.object({
  /** How often in a row. */
  times: z.int().positive(),
  dueAt: StoredInstant,
  /** Of the last failure. */
  code: z.string(),
  /** It was refused, and will be until a person does something: an incident is open for it. */
  isFinal: z.boolean(),
});
export type SendTrouble = z.output<typeof SendTrouble>;

/** One try to charge an invoice to a new payment method, written down before it is sent. */
const RetriedPayment = z.object({
  invoice: z.string(),
  way: z.string(),
  attempt: Attempt,
  trouble: SendTrouble.optional(),
  /**
   * Absent: not known yet. `pending`: the bank took it and will say later, at the invoice. `dropped`: not needed, or not
   * possible, any more. None of them is tried again.
   */
  outcome: z.enum(['paid', 'declined', 'pending', 'dropped']).optional(),
});
export type RetriedPayment = z.output<typeof RetriedPayment>;

/** Given up as a bad debt by the policy; `done` when the provider knows it too. */
const WrittenOff = z.object({
  invoice: z.string(),
  amount: Minor,
  paid: Minor.optional(),
  done: z.boolean(),
  trouble: SendTrouble.optional(),
});
export type WrittenOff = z.output<typeof WrittenOff>;

const Pause = z.object({ reason: z.string(), since: StoredInstant, until: StoredInstant.optional() });
export type Pause = z.output<typeof Pause>;

const Promised = z.object({
  /** In order of their moments. `by` is the last moment, not included. */
  payments: z.array(z.object({ amount: Minor, by: StoredInstant })),
  since: StoredInstant,
  reason: z.string().optional(),
  /** What had been paid in the case when it was given. */
  paidBefore: Minor,
});
export type Promised = z.output<typeof Promised>;

const HISTORY = [
  'opened',
  'message',
  'service',
  'restored',
  'payment-tried',
  'payment-declined',
  'paid',
  'held',
  'hold-ended',
  'exempted',
  'exemption-ended',
  'released',
  'promised',
  'promise-kept',
  'promise-broken',
  'frozen',
  'thawed',
  'collections',
  'written-off',
  'thanks',
  'closed',
] as const;
export type HistoryWord = (typeof HISTORY)[number];

export const HistoryEntry = z.object({
  at: StoredInstant,
  what: z.enum(HISTORY),
  step: z.string().optional(),
  /** Figures and codes. */
  detail: z.record(z.string(), z.string()),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** Why a case ended. */
export const CLOSINGS = ['paid', 'below-minimum', 'void', 'written-off'] as const;
export type Closing = (typeof CLOSINGS)[number];

/** What is announced as the next thing to happen. */
export const Announced = z.object({ at: StoredInstant, action: z.string(), step: z.string() });
export type Announced = z.output<typeof Announced>;

/** The dunning of an account: its present case, or the last one. */
export const DunningCase = z.object({
  account: z.string(),
  /** Counts the account's cases; 0: there never was one. */
  number: z.int().nonnegative().default(0),
  openedAt: StoredInstant.optional(),
  closedAt: StoredInstant.optional(),
  closedAs: z.enum(CLOSINGS).optional(),
  taken: z.array(TakenPart).default([]),
  notices: z.array(Notice).default([]),
  /** What an extra notice was sent for: `new-card:<way>`, `authenticate:<way>`. */
  asked: z.array(z.string()).default([]),
  /** In force on the account's lines, in the order in which they came. */
  measures: z.array(z.enum(SERVICE_RESTRICTIONS)).default([]),
  /** A person, or an agency, has it. */
  collectionsSince: StoredInstant.optional(),
  debt: z.array(OwedInvoice).default([]),
  /** What was paid in this case. */
  paid: Minor.default(0n),
  payments: z.array(RetriedPayment).default([]),
  writtenOff: z.array(WrittenOff).default([]),
  thanked: z.boolean().default(false),
  /** A payment is being disputed at the bank. */
  frozen: z.boolean().default(false),
  // These two are the account's rather than the case's: they outlast it.
  hold: Pause.optional(),
  exempt: Pause.optional(),
  promise: Promised.optional(),
  next: Announced.optional(),
  history: z.array(HistoryEntry).default([]),
});
export type DunningCase = z.output<typeof DunningCase>;

/** The dunning of an account that never gave cause for it. */
export function noDunning(account: string): DunningCase {
  return z.decode(DunningCase, { account });
}

export function isOpen(dunning: DunningCase): boolean {
  return dunning.openedAt !== undefined && dunning.closedAt === undefined;
}

/** `acc-1-d2`: the account's second case. */
export function caseId({ account, number }: DunningCase): string {
  return `${account}-d${number}`;
}

export type DunningState = 'none' | 'open' | 'promised' | 'held' | 'frozen' | 'collections' | 'closed';

/** As the API says it (contract section 7). Of several the one that a person set counts first. */
export function stateOf(dunning: DunningCase): DunningState {
  const paused = dunning.hold ?? dunning.exempt;
  if (!isOpen(dunning)) {
    const { closedAt } = dunning;
    if (paused !== undefined && (closedAt === undefined || paused.since > closedAt)) return 'held';
    return closedAt === undefined ? 'none' : 'closed';
  }
  if (paused !== undefined) return 'held';
  if (dunning.frozen) return 'frozen';
  if (dunning.collectionsSince !== undefined) return 'collections';
  return dunning.promise === undefined ? 'open' : 'promised';
}

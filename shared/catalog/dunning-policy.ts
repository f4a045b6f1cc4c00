import * as z from 'zod';
import { CHANNEL_NAMES } from '#shared/contact/channels.ts';
import { Amounts } from './amounts.ts';

/** What a step may do to the line; `restore` lifts it when the debt is gone. */
export const SERVICE_RESTRICTIONS = ['throttle', 'bar-outgoing', 'bar-roaming', 'suspend'] as const;
export type ServiceRestriction = (typeof SERVICE_RESTRICTIONS)[number];

/** The built-in messages that a step may send. */
export const STEP_TEXTS = ['payment-failed', 'reminder', 'final-notice', 'new-card', 'authenticate'] as const;
export type StepText = (typeof STEP_TEXTS)[number];

export const STEP_ENDS = ['collections', 'write-off', 'cancel'] as const;

/** One thing that happens when a debt has been open for a while: a message, a measure, or the end of the case. */
export const DunningStep = z.strictObject({
  id: z.string(),
  /** From the oldest unpaid due moment. */
  afterMs: z.int().nonnegative(),
  channels: z.array(z.enum(CHANNEL_NAMES)),
  text: z.enum(STEP_TEXTS).nullable(),
  service: z.enum(SERVICE_RESTRICTIONS).nullable(),
  /** A measure needs a message of the case that was delivered at least this long ago; 0: it needs none. */
  noticeMs: z.int().nonnegative(),
  do: z.enum(STEP_ENDS).nullable(),
});
export type DunningStep = z.infer<typeof DunningStep>;

/** When steps may be taken, on the account's wall clock; a step outside waits for the next opening. */
export const StepWindow = z.strictObject({
  /** Minutes after midnight, `from` < `to` ≤ 1440. */
  from: z.int().min(0).max(1439),
  to: z.int().min(1).max(1440),
  /** 0 = Monday. */
  days: z.array(z.int().min(0).max(6)).min(1),
  /** Whole days since 1970-01-01 on which nothing is done. */
  holidays: z.array(z.int()),
});
export type StepWindow = z.infer<typeof StepWindow>;

/** What is done about unpaid debt (contract section 7). Of several the first that matches the account counts. */
export const DunningPolicy = z.strictObject({
  id: z.string(),
  /** Of accounts; empty: everyone. */
  segments: z.array(z.string()),
  /** `follow`: the provider tries payments again; `own`: Dunlin does. */
  basis: z.enum(['follow', 'own']),
  /** Below it nothing is done; a currency that is not here has none. */
  minimumDebt: Amounts,
  /** Ascending by `afterMs`. */
  steps: z.array(DunningStep).min(1),
  /** `null`: at any time. */
  window: StepWindow.nullable(),
});
export type DunningPolicy = z.infer<typeof DunningPolicy>;

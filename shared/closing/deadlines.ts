import { CLOSING_DELAY } from '#shared/accounts/period-item.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/platform/instant.ts';

/** Of the draft's own deadline, kept free for what was waited for longest: it must still reach its meters. */
const TIME_TO_PUSH = 2 * HOUR;
const DRAFT = 20 * HOUR;

/**
 * How long each thing is waited for, counted from the period's end. Three of them hold each other: a silent source is
 * given up (18 h) before the draft is (20 h), and the draft before the provider finalises it by itself (the account's
 * grace period, which is to be a day).
 */
export const DEADLINES = {
  /** Before anything is done: usage of the period's last seconds is still on its way to the pages. */
  pages: CLOSING_DELAY,
  /** How long a summary that differs from what its meter acknowledged is tolerated before an incident is opened. */
  summaries: 6 * HOUR,
  /** How long a source that is expected to report past the end may stay silent before it is billed without. */
  sources: DRAFT - TIME_TO_PUSH,
  /** How long a draft is kept from becoming final while something is missing; then it goes as it is. */
  draft: DRAFT,
  /** How long the subscription may take to begin its next period before an incident says that its boundaries moved. */
  nextPeriod: DAY,
  /** How long the invoice may take to become final. The longest that the provider may hold a draft is 72 hours. */
  finalInvoice: 80 * HOUR,
} as const;

/** How long a draft that was let through remains one. The provider takes moments ahead only, and the call takes time. */
export const FINAL_IN = 5 * MINUTE;
/** The smallest unit in which the provider takes a moment. */
export const MOMENT = SECOND;
/** The first comparison with an invoice of which nobody has told that it is final: from the period's end. */
export const COMPARED_AFTER = 2 * HOUR;
/** The same, from the run that let the draft through. */
export const FINAL_WITHIN = 2 * FINAL_IN;
/** The least that the provider waits with a draft after everybody has heard of it. */
export const SHORTEST_GRACE = HOUR;
/** A run that comes later than this after its moment is the first one after an outage. */
export const OUTAGE = HOUR;
/** How often an invoice that does not become final is looked for. */
export const LOOK_DAILY = DAY;

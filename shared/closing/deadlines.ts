import { CLOSING_DELAY } from '#shared/accounts/period-item.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#shared/platform/instant.ts';

/** How long before the draft's deadline a silent source is given up: its usage must still reach the meters. */
const TIME_TO_PUSH = 2 * HOUR;
const DRAFT = 20 * HOUR;

/**
 * How long each thing is waited for, counted from the period's end. Three of them hold each other: a silent source is
 * given up (18 h) before the draft is (20 h), and the draft before the provider finalises it by itself (the account's
 * grace period, which is to be a day).
 */
export const DEADLINES = {
  /** How long usage of the period's last seconds may take to the pages, before anything is done. */
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

/** How far ahead the moment lies at which a released draft becomes final. The provider takes no moment that has passed. */
export const FINAL_IN = 5 * MINUTE;
/** The smallest unit in which the provider takes a moment. */
export const MOMENT = SECOND;
/** How long after the period's end an invoice is first compared, where no event has told that it is final. */
export const COMPARED_AFTER = 2 * HOUR;
/** How long after the run that released its draft an invoice is first compared. */
export const FINAL_WITHIN = 2 * FINAL_IN;
/** The shortest time that the provider leaves between a draft's event and finalising it. */
export const SHORTEST_GRACE = HOUR;
/** How late a run may come; a later one is the first after an outage. */
export const OUTAGE = HOUR;
/** How often an invoice that does not become final is looked for. */
export const LOOK_DAILY = DAY;

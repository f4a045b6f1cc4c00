import type { Instant } from '#shared/platform/instant.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';
import type { CommonEnd } from './common-end.ts';
import type { Party } from './party.ts';
import type { Subject } from './subject.ts';

/** What happens to the subjects of a run, and what can be seen of each at its end: equal for all that came to the same end. */
export interface Flow {
  /** Folder. Default: the catalog of round numbers. */
  readonly catalog?: string;
  /**
   * Moments, counted from the start: whatever was disturbed before one of them has healed there or never will. So a
   * subject meets a fault at each station in each of the parts between them.
   */
  readonly healedAt: readonly Instant[];
  /** From this midnight on. Returns how to look at the end of one of them. */
  readonly run: (prepared: PreparedCloud, party: Party, start: Instant) => Promise<LookAt>;
  /** What the end of one has in it when nothing disturbs. */
  readonly undisturbed: object;
  /** What the end has in it when the bank declines a payment of the flow, where it has one. */
  readonly declined?: object;
}

export type LookAt = (subject: Subject, common: CommonEnd) => Promise<object>;

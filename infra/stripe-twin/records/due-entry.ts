import type { Instant } from '#shared/platform/instant.ts';

/** What the twin does by itself when its moment comes. */
export type DueKind = 'cycle' | 'finalise' | 'expire' | 'overdue' | 'collect' | 'clear' | 'resume';

export interface DueEntry {
  readonly kind: DueKind;
  /** Id of the subscription, invoice or charge. */
  readonly subject: string;
  readonly at: Instant;
  /** Breaks ties: what was planned first is done first. */
  readonly sequence: number;
}

import type { Instant } from '#shared/platform/instant.ts';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';

/** Whose usage is posted. */
export const ACCOUNT = 'faulty';

/** What happens in a run, and what can be seen at its end: equal for runs that came to the same end. */
export interface Flow {
  /** Folder. Default: the catalog of round numbers. */
  readonly catalog?: string;
  /** From this midnight on. Returns how to look at the end. */
  readonly run: (prepared: PreparedCloud, start: Instant) => Promise<() => Promise<object>>;
  /** What the end has in it when nothing disturbs. */
  readonly undisturbed: object;
}

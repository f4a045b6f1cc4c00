import { type Clock, DAY, type Instant } from '#shared/platform/instant.ts';

/** An object under `raw/`, by what its key says. */
export interface RawObject {
  readonly key: string;
  readonly source: string;
  readonly batch: string;
}

export interface ObjectAudit {
  readonly clock: Clock;
  /** The objects that were put there from the UTC day of the first moment on, before that of the second. */
  readonly objectsBetween: (from: Instant, to: Instant) => AsyncIterable<RawObject>;
  /** Whether intake has been through with the batch. */
  readonly isCounted: (source: string, batch: string) => Promise<boolean>;
  /** Tells intake of the object, as the bucket should have done. */
  readonly announce: (key: string) => Promise<void>;
}

/** From yesterday on: today's are on their way. A run may fail for days; dead letters are kept for 14. */
const DAYS = 14;

/**
 * Finds batches in the bucket of which intake never heard: the notification got lost, or its message was deleted from
 * the dead letters. They are announced anew; one that is counted twice changes nothing. Returns how many there were.
 */
export async function announceUncounted({ clock, objectsBetween, isCounted, announce }: ObjectAudit): Promise<number> {
  const now = clock();
  let found = 0;
  for await (const { key, source, batch } of objectsBetween(now - DAYS * DAY, now)) {
    if (await isCounted(source, batch)) continue;
    await announce(key);
    found += 1;
  }
  return found;
}

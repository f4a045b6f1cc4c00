import { type Clock, DAY, type Instant } from '#shared/platform/instant.ts';

/** An object under `raw/`, by what its key says. */
export interface RawObject {
  readonly key: string;
  readonly source: string;
  readonly batch: string;
}

export interface ObjectAudit {
  readonly clock: Clock;
  /** The objects that were put there on the UTC day of this moment. */
  readonly objectsOf: (day: Instant) => AsyncIterable<RawObject>;
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
export async function announceUncounted({ clock, objectsOf, isCounted, announce }: ObjectAudit): Promise<number> {
  const now = clock();
  let found = 0;
  for (let day = 1; day <= DAYS; day++) {
    for await (const { key, source, batch } of objectsOf(now - day * DAY)) {
      if (await isCounted(source, batch)) continue;
      await announce(key);
      found += 1;
    }
  }
  return found;
}

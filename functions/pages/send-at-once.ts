import { LEASE_TIME, takeDue, wakesAt, wakeText } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import { type WakeUp, wakeUpFor } from '#shared/platform/wake-up.ts';

interface SendAtOnceDependencies {
  readonly ledger: Table;
  /** Done means: the queue has it. */
  readonly send: (wakeUp: WakeUp) => Promise<void>;
}

/**
 * Has a message that was ordered at this moment sent at once. Where the queue does not take it, it waits for the sweeper
 * as before, and not until the lease has passed; should it have gone all the same, its wake-up is an old one by then.
 * @throws what the queue throws
 */
export async function sendAtOnce({ ledger, send }: SendAtOnceDependencies, message: Key, at: Instant): Promise<void> {
  if (!(await takeDue(ledger, message, wakeText(at), at))) return;
  try {
    await send(wakeUpFor(message));
  } catch (error) {
    const untouched = { expression: 'wakeAt = :lease', values: { ':lease': wakeText(at + LEASE_TIME) } };
    await ledger.update(message, { set: wakesAt(message, at) }, untouched);
    throw error;
  }
}

import type { Message } from '#shared/platform/queue.ts';
import type { BatchMessage } from '../posting/batch-message.ts';
import type { IntakeMessage } from './intake-message.ts';
import type { Delivery } from './plan-pages.ts';
import { type IntakeDependencies, takeIn } from './take-in.ts';

export interface IntakeMessageDependencies extends IntakeDependencies {
  /** Keeps batches as they came; answers where. */
  readonly archive: (batches: readonly BatchMessage[]) => Promise<string>;
  /** The batches of an object under `raw/`. */
  readonly readObject: (key: string) => Promise<readonly BatchMessage[]>;
}

type Outcomes = Map<string, PromiseSettledResult<unknown>>;

/**
 * Takes in what the usage queue brought: the batches of messages together, then the objects one after the other, since
 * one may hold 10 000 records. Everything is archived before it is written to pages.
 */
export async function takeInMessages(
  messages: readonly Message<IntakeMessage>[],
  ports: IntakeMessageDependencies,
): Promise<Outcomes> {
  const batches = messages.flatMap(({ id, content }) => ('objects' in content ? [] : [{ id, message: content }]));
  const outcomes = batches.length === 0 ? new Map() : await takeInBatches(batches, ports);
  for (const { id, content } of messages) {
    if ('objects' in content) outcomes.set(id, await settled(takeInObjects(content.objects, ports)));
  }
  return outcomes;
}

async function takeInBatches(
  batches: readonly Omit<Delivery, 'archive'>[],
  ports: IntakeMessageDependencies,
): Promise<Outcomes> {
  const archive = await ports.archive(batches.map(({ message }) => message));
  return takeIn(
    batches.map(batch => ({ ...batch, archive })),
    ports,
  );
}

/** @throws the first failure */
async function takeInObjects(keys: readonly string[], ports: IntakeMessageDependencies): Promise<void> {
  for (const key of keys) {
    const batches = (await ports.readObject(key)).map((message, index) => ({ id: String(index), message }));
    if (batches.length === 0) continue;
    for (const outcome of (await takeInBatches(batches, ports)).values()) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  }
}

async function settled(work: Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome;
}

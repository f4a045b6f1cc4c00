import type { Incident } from '#shared/platform/incident.ts';
import type { QuarantinedRecord } from './quarantined-record.ts';

/** What does not go on by itself and waits for a person. */
export interface Attention {
  readonly quarantine: readonly QuarantinedRecord[];
  /** There is more than was read. */
  readonly isMoreQuarantined: boolean;
  readonly cases: readonly Incident[];
  /** Dead-letter queues that hold any: short name of the queue they were on → how many. */
  readonly deadLetters: ReadonlyMap<string, number>;
}

/** Physical names of all queues of a stage, and how many messages each holds. */
export interface QueueLengths {
  readonly names: readonly string[];
  readonly length: (name: string) => number;
}

const DEAD_LETTERS = /^dunlin-[^-]+-(.+)-dlq$/;

/** Returns the dead-letter queues that are not empty. */
export function deadLettersOn({ names, length }: QueueLengths): ReadonlyMap<string, number> {
  return new Map(
    names
      .map(name => [DEAD_LETTERS.exec(name)?.[1], length(name)] as const)
      .flatMap(([queue, count]) => (queue === undefined || count === 0 ? [] : [[queue, count] as const])),
  );
}

import { type Incident, openIncidents } from '#shared/platform/incident.ts';
import type { Table } from '#shared/platform/table.ts';
import type { ConsoleSources } from './console-sources.ts';
import type { Product } from './product.ts';
import { QuarantinedRecord } from './quarantined-record.ts';

/** What does not go on by itself and waits for a person. */
export interface Attention {
  readonly quarantine: readonly QuarantinedRecord[];
  /** There is more than was read. */
  readonly isMoreQuarantined: boolean;
  readonly cases: readonly Incident[];
  /** Queues of given-up messages that hold any: name of the queue they were on → how many. */
  readonly deadLetters: ReadonlyMap<string, number>;
}

const DEAD_LETTERS = /^dunlin-dev-(.+)-dlq$/;
const MOST_READ = 500;

export async function readAttention(
  product: Product,
  ledger: Table,
  queues: ConsoleSources['queues'],
): Promise<Attention> {
  const [quarantine, cases] = await Promise.all([
    product.list('/v1/quarantine', QuarantinedRecord, MOST_READ + 1),
    Array.fromAsync(openIncidents(ledger)),
  ]);
  return {
    quarantine: quarantine.slice(0, MOST_READ),
    isMoreQuarantined: quarantine.length > MOST_READ,
    cases,
    deadLetters: deadLettersOn(queues),
  };
}

/** Pure but for the lengths that it asks for. */
export function deadLettersOn({ names, length }: ConsoleSources['queues']): ReadonlyMap<string, number> {
  return new Map(
    names
      .map(name => [DEAD_LETTERS.exec(name)?.[1], length(name)] as const)
      .flatMap(([queue, count]) => (queue === undefined || count === 0 ? [] : [[queue, count] as const])),
  );
}

import type { UsageSource as DescribedSource } from '#shared/catalog/usage-source.ts';
import type { UsageSource } from '#shared/platform/http/caller.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import type { IntakeDependencies } from '../intake/take-in.ts';
import type { BatchMessage } from '../posting/batch-message.ts';
import type { FileLedger } from './file-ledger.ts';
import type { FileObjects } from './file-objects.ts';

/** Who sends files, and how they are read. */
export interface FileSource {
  readonly source: UsageSource;
  readonly description: DescribedSource;
}

/** What reading files needs. */
export interface FileServices {
  /** Opened cases count. */
  readonly table: Table;
  readonly files: FileLedger;
  readonly objects: FileObjects;
  readonly clock: Clock;
  /** Milliseconds that really pass. */
  readonly elapsed: Clock;
  /** One that has a key, or that the catalog in force at that moment names; `undefined`: neither. */
  readonly sourceNamed: (name: string, at: Instant) => Promise<FileSource | undefined>;
  /** Records of this kind that started before are too old, as of `now`. */
  readonly keptSince: (kind: string, now: Instant) => Instant;
  readonly intake: IntakeDependencies;
  /** Keeps a batch as it came; returns where. */
  readonly archive: (batches: readonly BatchMessage[]) => Promise<string>;
  /** Wakes items that became due at this moment, before the sweeper comes. */
  readonly hurry: (keys: readonly Key[], dueAt: Instant) => Promise<void>;
}

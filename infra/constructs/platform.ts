import type { AlarmRegistry } from './alarm-registry.ts';
import type { KeptKey } from './kept-key.ts';
import type { PublicApi } from './public-api.ts';

/** What the functions of one stage share. */
export interface Platform {
  readonly stage: string;
  /** `dunlin-<stage>`, first part of every physical name. */
  readonly prefix: string;
  /** Of tables, bucket, queues and topics, where the operator has one. */
  readonly key: KeptKey | undefined;
  readonly alarms: AlarmRegistry;
  readonly api: PublicApi;
  /** Folder of a function's bundle; throws for a name that was not built. */
  bundleOf(name: string): string;
}

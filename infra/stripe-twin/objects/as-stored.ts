import type { Wire } from '../records/wire.ts';

/** For records that are kept just as they are shown. */
export function asStored(record: object): Wire {
  return { ...record };
}

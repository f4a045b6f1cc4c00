import { openIncidents } from './incident.ts';
import { DAY, type Instant } from './instant.ts';
import type { Table } from './table.ts';

/** A weekend, so that what was opened on a Friday evening is not told on Monday morning before anybody could look. */
export const PATIENCE = 3 * DAY;

export interface StayingIncidents {
  readonly open: number;
  /** When the longest of them was opened. */
  readonly oldest: Instant | null;
}

/** Cases that have been open for longer than `PATIENCE`, among all that were ever opened. */
export async function stayingIncidents(table: Table, now: Instant): Promise<StayingIncidents> {
  let open = 0;
  let oldest: Instant | null = null;
  for await (const { openedAt } of openIncidents(table, { until: now - PATIENCE })) {
    open += 1;
    oldest = openedAt;
  }
  return { open, oldest };
}

import { DAY, type Period } from '#shared/platform/instant.ts';
import type { QuarantineLedger } from './quarantine-ledger.ts';

/** How long after its period a pointer is kept: by then the records have gone with their pages. */
const KEPT_FOR = 2 * 366 * DAY;

/**
 * For rating: this account's period has so many records that rating left out (`line-not-active`, `unrated`, `conflict`).
 * They are then listed and driven again by `GET /v1/quarantine` and `POST /v1/quarantine/redrive`, which rate the period
 * afresh. With none nothing is written: a pointer that leads nowhere any more goes when the list is read.
 */
export async function pointAtPeriod(
  quarantine: QuarantineLedger,
  account: string,
  period: Period,
  records: number,
): Promise<void> {
  if (records === 0) return;
  const { start, end } = period;
  await quarantine.point({ family: 'period', account, start, end, records }, Math.floor((end + KEPT_FOR) / 1_000));
}

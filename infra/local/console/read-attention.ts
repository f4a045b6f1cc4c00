import { openIncidents } from '#shared/platform/incident.ts';
import type { Table } from '#shared/platform/table.ts';
import { type Attention, deadLettersOn, type QueueLengths } from '#shared/reports/attention.ts';
import { QuarantinedRecord } from '#shared/reports/quarantined-record.ts';
import type { Product } from './product.ts';

const MOST_READ = 500;

/** Reads what waits for a person: quarantine by the API, cases from the ledger, dead letters from the queues. */
export async function readAttention(product: Product, ledger: Table, queues: QueueLengths): Promise<Attention> {
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

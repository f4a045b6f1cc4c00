import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { elapsedTime } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { markLate } from '../late/late-marks.ts';
import { tablePageWriter } from '../pages/page-writer.ts';
import type { Retention } from '../posting/retention.ts';
import { QuarantineLedger } from '../quarantine/quarantine-ledger.ts';
import { BatchMarkers } from './batch-marker.ts';
import { cachedAssignments, ledgerAssignments } from './look-up-assignments.ts';
import { measureCount } from './measure-count.ts';
import { ReportedSlots } from './reported-slots.ts';
import { SourceWatermarks } from './source-watermarks.ts';
import type { IntakeDependencies } from './take-in.ts';

/** What counts usage in the two tables, whether it came by post or in a file. */
export function intakePorts(
  dynamodb: DynamoDBClient,
  { pages, ledger }: { readonly pages: string; readonly ledger: Table },
  retention: Retention,
): IntakeDependencies {
  const markers = new BatchMarkers(ledger);
  const quarantine = new QuarantineLedger(ledger);
  const slotsReported = new ReportedSlots(ledger);
  const watermarks = new SourceWatermarks(ledger);
  return {
    writePage: tablePageWriter(dynamodb, pages),
    lookUpAssignments: cachedAssignments(ledgerAssignments(dynamodb, ledger.name), elapsedTime),
    point: (pointer, expiresAtSeconds) => quarantine.point(pointer, expiresAtSeconds),
    countBatch: async (message, count) => {
      await markers.count(message.source, message.batch, message.acceptedSeconds, count);
      measureCount(count);
    },
    noteSlots: (source, slots) => slotsReported.note(source, slots),
    markLate: (account, at) => markLate(ledger, account, at),
    noteWatermark: (source, through) => watermarks.advance(source, through),
    retention,
  };
}

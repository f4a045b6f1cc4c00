import { printInstant } from '#shared/platform/instant.ts';
import type { FileCounts } from './file-counts.ts';
import type { FileItem } from './file-item.ts';

/** A file as `GET /v1/files/{file}` shows it (contract section 17). */
export function fileView(file: FileItem, counts: FileCounts, refusalsUrl: string | null) {
  const leftOut = Object.entries(counts.leftOut).map(([rule, rows]) => ({ rule, rows }));
  return {
    file: file.file,
    source: file.source,
    name: file.name,
    state: file.state,
    openedAt: printInstant(file.openedAt),
    records: counts.records,
    accepted: counts.accepted,
    left: leftOut.reduce((sum, { rows }) => sum + rows, 0),
    duplicates: counts.duplicates,
    conflicts: counts.conflicts,
    quarantined: counts.quarantined,
    refused: counts.refusals,
    refusedRows: counts.refused,
    refusedUrl: refusalsUrl,
    leftOut,
    trailer: counts.trailer,
    reason: file.reason ?? null,
  };
}
export type FileView = ReturnType<typeof fileView>;

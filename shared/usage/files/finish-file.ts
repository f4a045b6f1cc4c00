import * as z from 'zod';
import { ASLEEP } from '#shared/platform/due.ts';
import { incidentWrites } from '#shared/platform/due-work.ts';
import type { IncidentCode } from '#shared/platform/incident-codes.ts';
import { addCounts, FileCounts, NOTHING_COUNTED } from './file-counts.ts';
import { type FileItem, fileKey } from './file-item.ts';
import { allRefusalsKey } from './file-place.ts';
import type { FileServices } from './file-services.ts';
import { isOfNoFormat, notThisFormat } from './not-this-format.ts';
import type { UnreadableFile } from './unreadable-file.ts';

/**
 * All ranges are done: one object of all refusals, how far the source has reported, then the sums. Done twice it writes
 * the same.
 */
export async function finishFile(services: FileServices, file: FileItem): Promise<void> {
  const ranges = await services.files.ranges(file);
  const counts = ranges.map(range => range.counts).reduce(addCounts, NOTHING_COUNTED);
  if (counts.refused > 0) await gatherRefusals(services, file.file);
  if (counts.refused === counts.records && isOfNoFormat(counts.refusals)) {
    return refuseAll(services, file, counts);
  }
  if (counts.newest !== undefined) await services.intake.noteWatermark(file.source, counts.newest);
  const set = { state: 'counted', counts: z.encode(FileCounts, counts), ...ASLEEP };
  await close(services, file, set, counts.trailer?.agrees === false ? 'file-differs' : undefined, {});
}

/** Not one row is of the format. A person may mend the source's mapping and drive the case: then all is read anew. */
function refuseAll(services: FileServices, file: FileItem, counts: FileCounts): Promise<void> {
  const { code, detail } = notThisFormat(counts.refusals);
  const anew = {
    plan: file.plan + 1,
    ranges: 0,
    rangesDone: 0,
    acceptedAt: undefined,
    counts: z.encode(FileCounts, counts),
  };
  const set = { state: 'refused', reason: { code, detail }, ...anew, ...ASLEEP };
  return close(services, file, set, 'file-refused', { reason: code });
}

/** While a range was read it turned out that the rest cannot be. What was counted stays counted. */
export async function refuseFileAt(
  services: FileServices,
  id: string,
  { code, detail }: UnreadableFile,
): Promise<void> {
  const file = await services.files.read(id);
  if (file === undefined) return;
  const set = { state: 'refused', reason: { code, detail }, ...ASLEEP };
  await close(services, file, set, 'file-refused', { reason: code });
}

/** Once: whoever comes second finds that it is not being read any more. */
async function close(
  { table, clock }: FileServices,
  file: FileItem,
  set: Readonly<Record<string, unknown>>,
  trouble: IncidentCode | undefined,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  const key = fileKey(file.file);
  const told = trouble && { code: trouble, detail: { source: file.source, file: file.file, ...detail } };
  const reading = { expression: '#state = :reading', names: { '#state': 'state' }, values: { ':reading': 'reading' } };
  await table.transact([
    { update: key, change: { set: { ...set, caseOpen: told?.code } }, condition: reading },
    ...incidentWrites(key, {}, told, clock()),
  ]);
}

/** Each batch's refusals are whole gzip by themselves, and together too. */
async function gatherRefusals({ objects }: FileServices, file: string): Promise<void> {
  const parts: Uint8Array[] = [];
  for await (const { key, size } of objects.list(`files/${file}/refused/`)) {
    parts.push((await objects.read(key, 0, size)).bytes);
  }
  await objects.put(allRefusalsKey(file), Buffer.concat(parts), 'application/x-ndjson');
}

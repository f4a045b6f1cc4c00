import type { ReadyFormat } from '../ready/ready-format.ts';
import { type FileFormat, type SourceMapping, TIME_FORMATS } from '../usage-source.ts';
import { checkQuantities, checkTexts, checkTimes } from './check-fields.ts';
import { checkLayout } from './check-layout.ts';
import { columnsUsed } from './columns-used.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';

export interface MappingToCheck {
  readonly ready: ReadyFormat;
  /** None: NDJSON or CSV, told by the file. */
  readonly format: FileFormat | undefined;
  /** What the operator wrote, and what it is together with the format's own. */
  readonly own: SourceMapping | undefined;
  readonly effective: SourceMapping;
  readonly hasZone: boolean;
}

const TEXTS = ['id', 'line', 'kind', 'direction', 'peer', 'network', 'session', 'voids'] as const;
const QUANTITIES = ['seconds', 'bytes', 'count', 'sequence'] as const;
const BY_PLACE = /^[1-9]\d{0,3}$/;

/** What is wrong with the mapping of a source's files, before one is read. */
export function checkMapping(checked: MappingToCheck, path: SourcePath, findings: Findings): void {
  const { own } = checked;
  const at = [...path, 'mapping'];
  checkZone(checked, path, findings);
  if (own === undefined) return;
  checkLayout(checked, [...at, 'file'], findings);
  checkColumns(checked, own, at, findings);
  for (const field of QUANTITIES) checkQuantities(own.fields?.[field] ?? [], field, [...at, field], findings);
  for (const field of TEXTS) checkTexts(own.fields?.[field] ?? [], [...at, field], findings);
  checkTimes(own.fields?.startedAt ?? [], [...at, 'startedAt'], findings);
}

/** Local stamps are read on a clock that somebody must name. */
function checkZone(checked: MappingToCheck, path: SourcePath, findings: Findings): void {
  const { ready, own, effective, hasZone, format } = checked;
  if (hasZone) return;
  const isReadyLocal = ready.isLocal === true && own?.fields?.startedAt === undefined;
  const times = effective.fields?.startedAt ?? [];
  const local = times.find(({ format: stamp, zone }) => zone === undefined && (isReadyLocal || isLocal(stamp)));
  if (local === undefined) return;
  const whose = format === undefined ? 'this source' : `${format} files`;
  const reason = `the times of ${whose} are local (${local.format}), and the source names no zone`;
  findings.at(path, 'zone-missing', reason, 'add zone: Europe/Stockholm, the zone of the clock that wrote them');
}

function isLocal(format: string): boolean {
  return !TIME_FORMATS.some(name => name === format) && !/[Zz]/.test(format);
}

function checkColumns(checked: MappingToCheck, own: SourceMapping, at: SourcePath, findings: Findings): void {
  const { ready, effective, format } = checked;
  const columns = effective.file?.columns ?? ready.columns;
  for (const { column, path } of columnsUsed(own)) {
    if (columns === undefined ? effective.file?.header !== false : columns.includes(column)) continue;
    if (ready.container === 'csv' && BY_PLACE.test(column)) continue;
    const reason = `${format ?? 'the file'} has no column "${column}"`;
    const hint = columns === undefined ? 'without a header columns are numbers, or named by file.columns' : undefined;
    findings.at([...at, ...path], 'unknown-column', reason, hint ?? hintFor(column, columns ?? []));
  }
}

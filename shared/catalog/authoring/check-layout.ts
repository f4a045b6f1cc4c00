import type { FileLayout } from '../usage-source.ts';
import type { MappingToCheck } from './check-mapping.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Of what each member of `file:` is a property. */
const OF: Readonly<Record<keyof FileLayout, readonly string[]>> = {
  delimiter: ['csv'],
  quote: ['csv'],
  quoting: ['csv'],
  encoding: ['csv', 'ndjson', 'json', 'radius', 'kannel'],
  lineEnd: ['csv', 'ndjson', 'radius', 'kannel'],
  skip: ['csv'],
  skipAfterHeader: ['csv'],
  header: ['csv'],
  columns: ['csv'],
  comment: ['csv'],
  nulls: ['csv', 'ndjson', 'json', 'radius', 'kannel'],
  records: ['json', 'ndjson'],
  percentEncoded: ['csv', 'ndjson', 'json', 'kannel'],
};

/** What is said of a file's build, where the format has it. */
export function checkLayout(
  { ready, format, own, effective }: MappingToCheck,
  path: SourcePath,
  findings: Findings,
): void {
  const layout = own?.file ?? {};
  const containers = format === undefined ? ['csv', 'ndjson'] : [ready.container];
  for (const [member, of] of Object.entries(OF)) {
    if (!(member in layout) || of.some(container => containers.includes(container))) continue;
    const reason = `${format} files are not CSV, and have no ${member}`;
    findings.at([...path, member], 'contradiction', of[0] === 'csv' ? reason : `${format} files have no ${member}`);
  }
  const { encoding, columns, delimiter, quote } = layout;
  if (encoding !== undefined && !isEncoding(encoding)) {
    const hint = 'like utf-8, iso-8859-1, windows-1252, utf-16le';
    findings.at([...path, 'encoding'], 'invalid-value', `"${encoding}" is not an encoding`, hint);
  }
  if (columns !== undefined && effective.file?.header !== false) {
    const reason = 'columns are named here where the file has no header';
    findings.at([...path, 'columns'], 'contradiction', reason, 'add header: false, or leave columns out');
  }
  const doubled = columns?.find((column, index) => columns.indexOf(column) < index);
  if (doubled !== undefined) {
    findings.at([...path, 'columns'], 'duplicate-column', `column "${doubled}" appears twice`);
  }
  if (delimiter !== undefined && delimiter === quote) {
    findings.at([...path, 'quote'], 'contradiction', 'quote and delimiter are the same character');
  }
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

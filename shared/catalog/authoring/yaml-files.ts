import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { Findings, type SourcePath } from './problem.ts';

/** The folder's files by path relative to it, with `/`. */
export type CatalogFiles = ReadonlyMap<string, string>;

/** The merged sections as plain values - every scalar is a string - and the findings that know their lines. */
export interface YamlSource {
  readonly sections: Record<string, unknown>;
  readonly findings: Findings;
}

interface ParsedFile {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/**
 * Reads all YAML 1.2 files of the folder as one catalog: each section stands in one file. The failsafe schema keeps
 * scalars as they are written, so `015`, `15.00` and `46` do not turn into other numbers on the way.
 */
export function readYamlFiles(files: CatalogFiles): YamlSource {
  const parsed: ParsedFile[] = [];
  const owners = new Map<string, ParsedFile>();
  const sections: Record<string, unknown> = {};
  const findings = new Findings(path => locate(path, owners, parsed));

  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const garbled = /\.(ya?ml|csv)$/i.test(file) ? text.indexOf('\uFFFD') : -1;
    if (garbled >= 0) {
      const line = text.slice(0, garbled).split('\n').length;
      findings.inFile(file, line, 'not-utf-8', 'the file is not in UTF-8', 'save it as "CSV UTF-8" or "UTF-8"');
      continue;
    }
    if (!/\.ya?ml$/.test(file)) continue;
    const lines = new LineCounter();
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
    const source = { file, document, lines };
    parsed.push(source);
    // What comes after the first follows from it as a rule.
    const [error] = document.errors;
    if (error !== undefined) {
      const hint = /\btabs?\b/i.test(error.message) ? 'indent with spaces' : undefined;
      findings.inFile(file, lines.linePos(error.pos[0]).line, 'malformed-yaml', error.message, hint);
    }
    if (error !== undefined || document.contents === null) continue;
    if (!isMap(document.contents)) {
      findings.inFile(file, 1, 'malformed-yaml', 'the file must be a mapping of sections');
      continue;
    }
    const content: object = document.toJS();
    for (const [section, value] of Object.entries(content)) {
      const earlier = owners.get(section);
      if (earlier === undefined) {
        owners.set(section, source);
        sections[section] = value;
      } else {
        const { line } = locate([section], new Map([[section, source]]), []);
        findings.inFile(file, line, 'duplicate-section', `"${section}" stands in ${earlier.file} already`);
      }
    }
  }
  return { sections, findings };
}

/** The line of the deepest node on the path that exists: a missing field is reported where its parent begins. */
function locate(path: SourcePath, owners: ReadonlyMap<string, ParsedFile>, parsed: readonly ParsedFile[]) {
  const source = owners.get(String(path[0])) ?? parsed[0];
  if (source === undefined) return { file: 'catalog.yaml', line: 1 };
  let at: unknown = source.document.contents;
  let line = 1;
  for (const step of path) {
    if (isMap(at)) {
      const pair = at.items.find(item => isScalar(item.key) && item.key.value === String(step));
      if (pair === undefined) break;
      line = lineOf(pair.key, source.lines);
      at = pair.value;
    } else if (isSeq(at) && typeof step === 'number') {
      at = at.items[step];
      line = lineOf(at, source.lines) || line;
    } else break;
  }
  return { file: source.file, line };
}

function lineOf(node: unknown, lines: LineCounter): number {
  const range = isNode(node) ? node.range : undefined;
  return range ? lines.linePos(range[0]).line : 0;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}

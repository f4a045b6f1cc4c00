import { refusedAt } from './file-entry.ts';
import type { TakeJson } from './read-ndjson.ts';

/** A record as it would be posted (contract section 2.1): an id is added where it has none. */
export function asPosted(fileId: string): TakeJson {
  return (value, at) => {
    if (!isObject(value)) return refusedAt(at, NOT_AN_OBJECT);
    const { row, offset } = at;
    const record = 'id' in value ? { ...value } : { id: `${fileId}-${row}`, ...value };
    return { kind: 'record', row, offset, record };
  };
}

export interface JsonRules {
  /** Other members of the object are refused. */
  readonly onlyWanted: boolean;
  readonly nulls: readonly string[];
  readonly isPercentEncoded: boolean;
}

/** Values by their paths: `sim.iccid`, `callflow.0.times`. */
export function asRow(columns: readonly string[], { onlyWanted, nulls, isPercentEncoded }: JsonRules): TakeJson {
  const paths = columns.map(column => column.split('.'));
  const known = new Set(paths.map(([first]) => first));
  return (value, at) => {
    if (!isObject(value)) return refusedAt(at, NOT_AN_OBJECT);
    const unknown = onlyWanted ? Object.keys(value).filter(key => !known.has(key)) : [];
    if (unknown.length > 0) return refusedAt(at, ...unknown.map(unknownMember));
    const values = columns.map((column, n) => {
      const found = valueAt(value, column, paths[n] ?? []);
      const text = isPercentEncoded && found !== undefined ? percentDecoded(found) : found;
      return text === undefined || nulls.includes(text) ? undefined : text;
    });
    return { row: at.row, offset: at.offset, values };
  };
}

/** As text; `null` and empty are no value. A member may have dots in its name. */
function valueAt(value: Record<string, unknown>, column: string, path: readonly string[]): string | undefined {
  let at: unknown = value;
  if (path.length > 1 && Object.hasOwn(value, column)) at = value[column];
  else {
    for (const step of path) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
      at = Reflect.get(at, step);
    }
  }
  if (typeof at === 'string') return at.trim() === '' ? undefined : at.trim();
  return typeof at === 'number' || typeof at === 'boolean' ? String(at) : undefined;
}

/** `%2B46` → `+46`; a percent sign that encodes nothing stays. */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownMember(member: string) {
  const message = `"${member}" is not a field of a record; the source's mapping in the catalog can rename it.`;
  return { path: member.slice(0, 100), code: 'unknown-field', message };
}

const NOT_AN_OBJECT = { path: '', code: 'wrong-type', message: 'It is not a JSON object.' };

import { compareNumbers } from './number.ts';
import { setOf, typeOf, type Value } from './value.ts';

/** Where UTF-16 and UTF-8 may sort differently. */
const BEYOND = /[\ud800-\uffff]/;

/** As DynamoDB sorts text: by its UTF-8 bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (BEYOND.test(a) && BEYOND.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

/** Of two values of one scalar type; `undefined`: they cannot be compared. */
export function compareValues(a: Value, b: Value): number | undefined {
  if ('S' in a && 'S' in b) return compareText(a.S, b.S);
  if ('N' in a && 'N' in b) return compareNumbers(a.N, b.N);
  if ('B' in a && 'B' in b) return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  return undefined;
}

export function isEqual(a: Value, b: Value): boolean {
  if (typeOf(a) !== typeOf(b)) return false;
  const ordered = compareValues(a, b);
  if (ordered !== undefined) return ordered === 0;
  if ('BOOL' in a && 'BOOL' in b) return a.BOOL === b.BOOL;
  if ('L' in a && 'L' in b) return a.L.length === b.L.length && a.L.every((one, index) => isSame(one, b.L[index]));
  if ('M' in a && 'M' in b) {
    const names = Object.keys(a.M);
    return names.length === Object.keys(b.M).length && names.every(name => isSame(a.M[name], b.M[name]));
  }
  const [left, right] = [setOf(a), setOf(b)];
  if (left === undefined || right === undefined) return true;
  return left.elements.length === right.elements.length && left.elements.every(one => right.elements.includes(one));
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return a !== undefined && b !== undefined && isEqual(a, b);
}

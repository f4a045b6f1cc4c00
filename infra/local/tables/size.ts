import { significantDigits } from './number.ts';
import type { Item, Value } from './value.ts';

/** What an item weighs (docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
export function sizeOf(item: Item): number {
  let size = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value);
  }
  return size;
}

function valueSize(value: Value): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('M' in value) return 3 + Object.keys(value.M).length + sizeOf(value.M);
  if ('L' in value) return 3 + value.L.length + sum(value.L, valueSize);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('SS' in value) return sum(value.SS, text => Buffer.byteLength(text));
  if ('NS' in value) return sum(value.NS, numberSize);
  if ('BS' in value) return sum(value.BS, text => Buffer.byteLength(text, 'base64'));
  return 1;
}

/** Two digits a byte, one for the exponent, one for the sign where it is negative. */
function numberSize(text: string): number {
  return Math.ceil(significantDigits(text) / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

function sum<T>(elements: readonly T[], sizeOfOne: (element: T) => number): number {
  return elements.reduce((total, element) => total + sizeOfOne(element), 0);
}

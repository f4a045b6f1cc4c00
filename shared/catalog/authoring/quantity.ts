import { type Decimal, decimal, multiply, parseDecimal, trim } from '#shared/money/decimal.ts';
import type { Increments } from '../catalog-version.ts';

export type BaseUnit = 's' | 'B' | '1';

const FACTORS: Readonly<Record<BaseUnit, Readonly<Record<string, string>>>> = {
  s: { s: '1', min: '60', h: '3600' },
  B: { B: '1', KB: '1000', MB: '1000000', GB: '1000000000', KiB: '1024', MiB: '1048576', GiB: '1073741824' },
  '1': {},
};

/** voice counts seconds, data bytes, everything else pieces (contract 2.1). */
export function baseUnitOf(kind: string): BaseUnit {
  if (kind === 'voice') return 's';
  return kind === 'data' ? 'B' : '1';
}

/** A record has at most 10^13 bytes; sums with quantities of this size are exact in a number. */
const LARGEST = 10n ** 15n;

export type Read<T> = { readonly value: T } | { readonly reason: string };

/** `100 min`, `1.5 GB`, `60` (base units) → whole base units. */
export function readQuantity(text: string, unit: BaseUnit): Read<number> {
  const [, number = '', name = ''] = /^\s*([0-9.]+)\s*([A-Za-z]*)\s*$/.exec(text) ?? [];
  const amount = parseDecimal(number);
  if (amount === undefined) {
    const unlimited = /^unlimited$/i.test(text) ? '; only the amount of an allowance can be unlimited' : '';
    return { reason: `"${text}" is not a quantity like ${exampleOf(unit)}${unlimited}` };
  }
  const factor = name === '' ? '1' : FACTORS[unit][name];
  if (factor === undefined) return { reason: `"${name}" is not a unit here; use ${unitsOf(unit)}` };
  const value: Decimal = trim(multiply(amount, decimal(factor)));
  if (value.scale > 0) return { reason: `"${text}" is not a whole number of base units` };
  if (value.digits > LARGEST) return { reason: `"${text}" is too large` };
  return { value: Number(value.digits) };
}

const MEANT: Readonly<Record<BaseUnit, { readonly base: string; readonly usual: string } | undefined>> = {
  s: { base: 'second', usual: 'min' },
  B: { base: 'byte', usual: 'MB' },
  '1': undefined,
};

/** What is probably not meant: a number of seconds or bytes without its unit. */
export function unitMissingIn(
  field: string,
  text: string | undefined,
  unit: BaseUnit,
): { reason: string; hint: string } | undefined {
  const meant = MEANT[unit];
  if (meant === undefined) return undefined;
  if (text === undefined || text === '') {
    return { reason: `without ${field} the price is for one ${meant.base}`, hint: `like "1 ${meant.usual}"` };
  }
  if (!/^[0-9.]+$/.test(text.trim()) || Number(text) === 0) return undefined;
  const number = text.trim();
  return {
    reason: `${field} "${number}" means ${number} ${meant.base}${number === '1' ? '' : 's'}`,
    hint: `write "${number} ${meant.usual}" or "${number} ${unit}"`,
  };
}

/** `60/1`, `10 KB`, `1 min/1 s`: one number n means n/n. */
export function readIncrements(text: string, unit: BaseUnit): Read<Increments> {
  const parts = text.split('/');
  if (parts.length > 2) return { reason: `"${text}" is not an increment like 60/1` };
  const first = readQuantity(parts[0] ?? '', unit);
  if ('reason' in first) return first;
  const next = parts[1] === undefined ? first : readQuantity(parts[1], unit);
  if ('reason' in next) return next;
  if (first.value < 1 || next.value < 1) return { reason: `"${text}": increments are at least 1` };
  return { value: { first: first.value, next: next.value } };
}

function unitsOf(unit: BaseUnit): string {
  const names = Object.keys(FACTORS[unit]);
  return names.length === 0 ? 'a plain number' : names.join(', ');
}

function exampleOf(unit: BaseUnit): string {
  return { s: '"100 min"', B: '"10 GB"', '1': '"100"' }[unit];
}

/**
 * Exact decimals with 12 places, as Stripe keeps unit amounts and quantities: whole numbers of 10^-12. The twin has its
 * own arithmetic on purpose; it would not find a mistake that it shared with the product.
 */
export type Fixed = bigint;

export const UNIT: Fixed = 1_000_000_000_000n;

const DECIMAL = /^(-?)(\d+)(?:\.(\d{1,12}))?$/;

export function parseFixed(text: string): Fixed | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', places = ''] = match;
  const value = BigInt(whole) * UNIT + BigInt(places.padEnd(12, '0'));
  return sign === '-' ? -value : value;
}

export function printFixed(value: Fixed): string {
  const positive = value < 0n ? -value : value;
  const places = (positive % UNIT).toString().padStart(12, '0').replace(/0+$/, '');
  const text = `${positive / UNIT}${places === '' ? '' : `.${places}`}`;
  return value < 0n ? `-${text}` : text;
}

/** Nearest whole number; halves go away from zero, so that a credit is the exact opposite of its debit. */
export function roundedRatio(numerator: bigint, denominator: bigint): number {
  const positive = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * positive + denominator) / (2n * denominator);
  return Number(numerator < 0n ? -rounded : rounded);
}

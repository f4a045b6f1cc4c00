import { minorDigits, wrongWithCurrency } from '#shared/money/currency.ts';
import { decimal, isTooLarge, parseDecimal, printDecimal } from '#shared/money/decimal.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Amounts in their shortest form, without those that are wrong; at most `decimals` of the minor unit are allowed. */
export function readAmounts(
  amounts: Readonly<Record<string, string>>,
  path: SourcePath,
  findings: Findings,
  decimals?: number,
): Record<string, string> {
  const sound: Record<string, string> = {};
  for (const [currency, text] of Object.entries(amounts)) {
    const at = [...path, currency];
    const amount = parseDecimal(text);
    const wrong = wrongWithCurrency(currency);
    if (wrong !== undefined) {
      findings.at(at, 'unknown-currency', wrong, 'like EUR');
    } else if (amount === undefined || amount.digits < 0n) {
      findings.at(at, 'invalid-price', `"${text}" is not a plain decimal number`, 'like "12.50"');
    } else if (isTooLarge(amount)) {
      findings.at(at, 'invalid-price', `"${text}" has more than 8 digits before the point`);
    } else {
      const shortest = printDecimal(amount);
      sound[currency] = shortest;
      if (decimals !== undefined && decimal(shortest).scale - minorDigits(currency) > decimals) {
        const reason = `${text} ${currency} is finer than ${decimals} decimals of the minor unit`;
        findings.at(at, 'price-too-fine', reason);
      }
    }
  }
  return sound;
}

import { minorDigitsOf } from '../billing/minor-digits.ts';

/** `SEK 159.00` from minor units. */
export function money(amount: number, currency: string): string {
  const decimals = minorDigitsOf(currency);
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code', ...digits });
  return format.format(amount / 10 ** decimals).replaceAll('\u00a0', ' ');
}

/** `1 Dec 2026` */
export function day(seconds: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return format.format(seconds * 1_000);
}

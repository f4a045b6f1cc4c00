import { stringify } from 'csv-stringify/sync';
import { minorDigits } from '#shared/money/currency.ts';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import type { BillRecord } from '../document/bill-document.ts';
import { safeCell } from './csv-cell.ts';

const COLUMNS = [
  'line',
  'number',
  'kind',
  'startedAt',
  'peer',
  'destination',
  'unit',
  'used',
  'billed',
  'included',
  'amount',
  'currency',
] as const;

/**
/**
 * The single records with a header row, UTF-8, RFC 4180, for machines: times in UTC, units in base units, amounts with a
 * point and one number of decimals. What subscribers open is `bill-sheet.ts`.
 * @param part of a long list, which comes in parts: the header stands above the first, and all have the same decimals
 */
export function billCsv(
  records: readonly BillRecord[],
  currency: string,
  part: { readonly header: boolean; readonly digits?: number } = { header: true },
): string {
  const { header, digits = decimalsOf(records, currency) } = part;
  const rows = records.map(record =>
    COLUMNS.map(column => {
      if (column === 'currency') return currency;
      if (column === 'amount') return record.amount === null ? '' : printDecimal(decimal(record.amount), digits);
      return safeCell(record[column] ?? '');
    }),
  );
  return stringify(rows, { header, columns: [...COLUMNS], record_delimiter: 'windows' });
}

/**
 * Of all amounts of a file: four below the minor unit, or more where a price has them. Never three: a spreadsheet that
 * parts thousands by a point reads 0.715 as 715.
 */
export function decimalsOf(records: readonly Pick<BillRecord, 'amount'>[], currency: string): number {
  return decimalsFor(
    records.map(({ amount }) => (amount === null ? 0 : decimal(amount).scale)),
    currency,
  );
}

/** As `decimalsOf`, from the scales of the amounts. */
export function decimalsFor(scales: readonly number[], currency: string): number {
  return scales.reduce((most, scale) => Math.max(most, scale), minorDigits(currency) + 4);
}

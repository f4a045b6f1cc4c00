import { stringify } from 'csv-stringify/sync';
import type { BillRecord } from '../document/bill-document.ts';

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

/** Nothing but digits behind a sign: a spreadsheet makes a number of it, never a formula. */
const NUMBER = /^[+-]?\d+(\.\d+)?\**$/;
const STARTS_FORMULA = /^[=+\-@\t\r]/;

/**
 * The single records with a header row, UTF-8, RFC 4180. Times in UTC, units in base units, amounts with a point: for
 * machines as for spreadsheets. A cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function billCsv(records: readonly BillRecord[], currency: string): string {
  const rows = records.map(record =>
    COLUMNS.map(column => safe(column === 'currency' ? currency : (record[column] ?? ''))),
  );
  return stringify(rows, { header: true, columns: [...COLUMNS], record_delimiter: 'windows' });
}

function safe(cell: string | number): string {
  const text = String(cell);
  return STARTS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

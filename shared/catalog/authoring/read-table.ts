import { CsvError, type Info, parse } from 'csv-parse/sync';
import { isCurrency, minorDigits, wrongWithCurrency } from '#shared/money/currency.ts';
import { decimal, isTooLarge, parseDecimal, printDecimal } from '#shared/money/decimal.ts';
import { nearestFirst } from '#shared/platform/nearest-name.ts';
import type { Increments } from '../catalog-version.ts';
import { wrongInPrefix } from './prefix.ts';
import type { Findings } from './problem.ts';
import { type BaseUnit, readIncrements, readQuantity, unitMissingIn } from './quantity.ts';

/** One row of a rate table as it is meant; `line` is where it stands. */
export interface RateRow {
  readonly line: number;
  readonly prefix: string;
  readonly destination: string;
  readonly band: string;
  readonly after: number;
  readonly currency: string;
  readonly setup: string;
  readonly price: string;
  readonly per: number;
  readonly increments: Increments | null;
}

const COLUMNS = ['prefix', 'destination', 'band', 'after', 'currency', 'setup', 'price', 'per', 'increments'];
const REQUIRED = ['prefix', 'currency', 'price'];
const MAX_DECIMALS_OF_MINOR = 12;

type Cells = Readonly<Record<string, string>>;

/** Reads and checks the rows of one CSV file. `unit` is that of the charges that use it. */
export function readTable(file: string, text: string, unit: BaseUnit, findings: Findings): RateRow[] {
  return parseRows(file, text, findings).flatMap(({ record, info }) => {
    const report = (code: string, reason: string, hint?: string, cause = reason) =>
      findings.because(cause, file, info.lines, code, reason, hint);
    for (const { reason, hint } of unitsMissing(record, unit)) {
      findings.warnInFile(file, info.lines, 'unit-missing', reason, hint);
    }
    return readRow(record, info.lines, unit, report) ?? [];
  });
}

/** Rows with the same `cause` are told as one problem; without it the reason is the cause. */
type Report = (code: string, reason: string, hint?: string, cause?: string) => void;

function unitsMissing({ per, after }: Cells, unit: BaseUnit) {
  const missing = [unitMissingIn('per', per, unit), after ? unitMissingIn('after', after, unit) : undefined];
  return missing.filter(each => each !== undefined);
}

/** A row with a flaw in a price stays, with a price of 0, so that it does not seem to be missing; nothing is published then. */
function readRow(cells: Cells, line: number, unit: BaseUnit, report: Report): RateRow | undefined {
  const prefix = cells.prefix ?? '';
  const currency = cells.currency ?? '';
  const after = readQuantity(cells.after || '0', unit);
  const wrongPrefix = prefix === '*' ? undefined : wrongInPrefix(prefix, ', "exact:112" or "*"');
  if (wrongPrefix) report('invalid-value', wrongPrefix.reason, wrongPrefix.hint, wrongPrefix.cause);
  const wrongCurrency = wrongWithCurrency(currency);
  if (wrongCurrency !== undefined) report('unknown-currency', wrongCurrency);
  if ('reason' in after) report('invalid-value', `after: ${after.reason}`);
  const price = readPrice(cells.price ?? '', 'price', currency, report);
  const setup = readPrice(cells.setup || '0', 'setup', currency, report);
  const per = readPer(cells.per || '1', unit, report);
  const increments = cells.increments ? readIncrements(cells.increments, unit) : { value: null };
  if ('reason' in increments) report('invalid-value', increments.reason);
  if (wrongPrefix || !isCurrency(currency) || 'reason' in after) return undefined;
  if (after.value > 0 && setup !== '0') {
    report('misplaced-value', `set-up belongs to the row with after 0, not to ${after.value}`);
  }
  return {
    line,
    prefix,
    destination: cells.destination || prefix,
    band: cells.band || '*',
    after: after.value,
    currency,
    setup,
    price,
    per,
    increments: 'value' in increments ? increments.value : null,
  };
}

/** Returns the price in its shortest form, `0.10` → `0.1`. */
function readPrice(text: string, column: string, currency: string, report: Report): string {
  const price = parseDecimal(text);
  if (price === undefined || price.digits < 0n) {
    report(
      'invalid-price',
      `${column} "${text}" is not a plain decimal number`,
      'like 0.15, without leading zeros or signs',
    );
    return '0';
  }
  if (isTooLarge(price)) report('invalid-price', `${column} "${text}" has more than 8 digits before the point`);
  const shortest = printDecimal(price);
  const decimals = decimal(shortest).scale;
  if (isCurrency(currency) && decimals > minorDigits(currency) + MAX_DECIMALS_OF_MINOR) {
    report('price-too-fine', `${column} ${text} ${currency} is finer than 12 decimals of the minor unit`);
  }
  return shortest;
}

function readPer(text: string, unit: BaseUnit, report: Report): number {
  const read = readQuantity(text, unit);
  if ('value' in read && read.value > 0) return read.value;
  report('invalid-value', `per: ${'reason' in read ? read.reason : 'must be at least 1'}`);
  return 1;
}

interface ParsedRow {
  readonly record: Cells;
  readonly info: Info;
}

function parseRows(file: string, text: string, findings: Findings): ParsedRow[] {
  if (isSeparatedBySemicolons(text)) {
    const hint = 'separate them by commas and write decimals with a point: 0.15';
    findings.inFile(file, 1, 'malformed-csv', 'the columns are separated by semicolons', hint);
    return [];
  }
  try {
    const rows: ParsedRow[] = parse(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      columns: (header: string[]) => checkedHeader(header, file, findings),
    });
    // Without these columns no row can be read.
    if (rows[0] !== undefined && REQUIRED.some(column => !(column in (rows[0]?.record ?? {})))) return [];
    if (rows.length === 0) findings.inFile(file, 1, 'empty-table', 'the table has no rows');
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    findings.inFile(file, line, 'malformed-csv', error.message);
    return [];
  }
}

/** As spreadsheets write where the comma is the decimal sign. */
function isSeparatedBySemicolons(text: string): boolean {
  const header = text.split(/\r?\n/).find(line => line.trim() !== '' && !line.startsWith('#')) ?? '';
  return header.includes(';') && !header.includes(',');
}

function checkedHeader(header: string[], file: string, findings: Findings): string[] {
  const unknown = header.filter(column => !COLUMNS.includes(column));
  if (unknown.length > 0) {
    findings.inFile(
      file,
      1,
      'unknown-field',
      `unknown columns ${unknown.join(', ')}`,
      `there are: ${nearestFirst(unknown[0] ?? '', COLUMNS).join(', ')}`,
    );
  }
  const missing = REQUIRED.filter(column => !header.includes(column));
  if (missing.length > 0) findings.inFile(file, 1, 'missing-field', `the columns ${missing.join(', ')} are missing`);
  const doubled = header.filter((column, index) => header.indexOf(column) !== index);
  if (doubled.length > 0) findings.inFile(file, 1, 'duplicate-column', `${doubled.join(', ')} appears twice`);
  return header;
}

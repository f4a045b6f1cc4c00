import { CsvError, type Info, parse } from 'csv-parse/sync';
import { isCurrency, minorDigits } from '#shared/money/currency.ts';
import { decimal, isTooLarge, parseDecimal, printDecimal } from '#shared/money/decimal.ts';
import type { Increments } from '../catalog-version.ts';
import type { Findings } from './problem.ts';
import { type BaseUnit, readIncrements, readQuantity } from './quantity.ts';

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

/** Reads and checks the rows of one CSV file; rows with a problem are left out. `unit` is that of the charges that use it. */
export function readTable(file: string, text: string, unit: BaseUnit, findings: Findings): RateRow[] {
  return parseRows(file, text, findings).flatMap(({ record, info }) => {
    const report = (code: string, reason: string, hint?: string) =>
      findings.inFile(file, info.lines, code, reason, hint);
    return readRow(record, info.lines, unit, report) ?? [];
  });
}

type Report = (code: string, reason: string, hint?: string) => void;

function readRow(cells: Cells, line: number, unit: BaseUnit, report: Report): RateRow | undefined {
  let sound = true;
  const flaw: Report = (...problem) => {
    sound = false;
    report(...problem);
  };
  const prefix = cells.prefix ?? '';
  if (!/^(\*|\d{1,15}|exact:\d{1,15})$/.test(prefix)) {
    flaw('invalid-value', `"${prefix}" is no prefix`, 'digits without "+", "exact:112" or "*"');
  }
  const currency = cells.currency ?? '';
  if (!isCurrency(currency)) flaw('unknown-currency', `"${currency}" is no currency that Stripe charges`);
  const price = readPrice(cells.price ?? '', 'price', currency, flaw);
  const setup = readPrice(cells.setup || '0', 'setup', currency, flaw);
  const per = quantityOf(cells.per || '1', 'per', unit, flaw);
  const after = quantityOf(cells.after || '0', 'after', unit, flaw);
  if (per === 0) flaw('invalid-value', 'per must be at least 1');
  const increments = cells.increments ? readIncrements(cells.increments, unit) : { value: null };
  if ('reason' in increments) {
    flaw('invalid-value', increments.reason);
    return undefined;
  }
  if (after > 0 && increments.value !== null) {
    flaw('misplaced-value', `increments belong to the row with after 0, not to the one after ${after}`);
  }
  if (after > 0 && setup !== '0') flaw('misplaced-value', `set-up belongs to the row with after 0, not to ${after}`);
  if (!sound) return undefined;
  const destination = cells.destination || prefix;
  return {
    line,
    prefix,
    destination,
    band: cells.band || '*',
    after,
    currency,
    setup,
    price,
    per,
    increments: increments.value,
  };
}

/** Answers the price in its shortest form, `0.10` → `0.1`. */
function readPrice(text: string, column: string, currency: string, report: Report): string {
  const price = parseDecimal(text);
  if (price === undefined || price.digits < 0n) {
    report(
      'invalid-price',
      `${column} "${text}" is no plain decimal number`,
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

function quantityOf(text: string, column: string, unit: BaseUnit, report: Report): number {
  const read = readQuantity(text, unit);
  if ('value' in read) return read.value;
  report('invalid-value', `${column}: ${read.reason}`);
  return 1;
}

interface ParsedRow {
  readonly record: Cells;
  readonly info: Info;
}

function parseRows(file: string, text: string, findings: Findings): ParsedRow[] {
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
    if (rows.length === 0) findings.inFile(file, 1, 'empty-table', 'the table has no rows');
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    findings.inFile(file, line, 'malformed-csv', error.message);
    return [];
  }
}

function checkedHeader(header: string[], file: string, findings: Findings): string[] {
  const unknown = header.filter(column => !COLUMNS.includes(column));
  if (unknown.length > 0) {
    findings.inFile(
      file,
      1,
      'unknown-field',
      `unknown columns ${unknown.join(', ')}`,
      `there are: ${COLUMNS.join(', ')}`,
    );
  }
  const missing = REQUIRED.filter(column => !header.includes(column));
  if (missing.length > 0) findings.inFile(file, 1, 'missing-field', `the columns ${missing.join(', ')} are missing`);
  const doubled = header.filter((column, index) => header.indexOf(column) !== index);
  if (doubled.length > 0) findings.inFile(file, 1, 'duplicate-column', `${doubled.join(', ')} stands twice`);
  return header;
}
